using System.Text.Json;
using EyeSlots.Aws.Costs;
using EyeSlots.Aws.Mailbox;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>Computes, by other code than the program's, why a run took other dollars than were estimated: from its result and the price file.</summary>
/// <param name="estimate">The estimate as <c>--json</c> prints it.</param>
/// <param name="machines">Machines of the shape that the run had.</param>
internal sealed class ActualAnew(JsonElement estimate, int machines)
{
    private readonly Dictionary<string, double> figures = CostsAnew.Figures();
    private readonly JsonElement shape = estimate.GetProperty("shapes").EnumerateArray().First(one => one.GetProperty("machines").GetInt32() == machines);

    private double EstimatedBoot => shape.GetProperty("bootSeconds").GetDouble();

    private double EstimatedSeconds => shape.GetProperty("seconds").GetDouble();

    private double EstimatedImages => estimate.GetProperty("images").GetDouble();

    /// <summary>Demands each term, and that they add up to the whole difference.</summary>
    public void Check(ActualCost actual, JobResult result)
    {
        var terms = Terms(result);
        Assert.Equal(terms.Keys.Order(), actual.Differences!.Select(term => term.Name).Order());
        foreach (var term in actual.Differences!) Assert.Equal(terms[term.Name], term.Dollars, 9);
        Assert.Equal(actual.Dollars - shape.GetProperty("dollars").GetDouble(), terms.Values.Sum(), 9);
        Assert.Equal(3600 * (result.MachineHours.Master + result.MachineHours.Workers), actual.MachineSeconds, 6);
    }

    private Dictionary<string, double> Terms(JobResult result)
    {
        var (boot, job) = (result.Seconds["boot"] + result.Seconds.GetValueOrDefault("gather"), result.Seconds["job"]);
        var made = result.Result!.Value.GetProperty("facesMade").GetDouble();
        var secondsOfAnImage = (EstimatedSeconds - EstimatedBoot) / EstimatedImages;
        return new()
        {
            ["boot"] = All(boot - EstimatedBoot),
            ["number of images"] = All((made - EstimatedImages) * secondsOfAnImage) + Requests(made) - Requests(EstimatedImages),
            ["speed of the job"] = All(job - (made * secondsOfAnImage)),
            ["master beside boot and job"] = Master(Math.Max(figures["least machine seconds"], 3600 * result.MachineHours.Master) - boot - job),
            ["time of the workers"] = Worker((3600 * result.MachineHours.Workers) - ((machines - 1) * (boot + job))),
            ["least time that is paid"] = All(Math.Min(0, EstimatedSeconds - figures["least machine seconds"])),
        };
    }

    private double All(double seconds) => Master(seconds) + ((machines - 1) * Worker(seconds));

    private double Master(double seconds) => Hour("masterType", "disk of a master") * seconds / 3600;

    private double Worker(double seconds) => machines == 1 ? 0 : Hour("workerType", "disk of a worker") * seconds / 3600;

    private double Hour(string type, string disk) =>
        figures[$"price of {shape.GetProperty(type).GetString()}"] + figures["public IPv4"] + (figures[disk] * figures["disk"] / figures["hours of a month"]);

    private double Requests(double images) =>
        ((images * figures["GETs of an image"] * figures["GET request"]) + ((Math.Ceiling(images / figures["images of a shard"]) + Math.Ceiling(images / figures["objects of a LIST"])) * figures["PUT or LIST request"])) / 1000;
}
