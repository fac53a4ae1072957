using System.Text.Json;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>Computes what <c>cluster cost</c> prints from the price file, by other code than the program's.</summary>
internal sealed class CostsAnew(long images, long bytes)
{
    private static readonly string[] RateNames = ["processors", "network", "requests"];
    private readonly Dictionary<string, double> figures = Figures();

    public static string PriceFile => Path.Combine(SharedFolder.Repository, "deploy", "prices.json");

    public double MillisecondsPerImage => figures["milliseconds of an image"];

    /// <summary>Demands that each line of a shape says what comes out, that its arithmetic comes to the same, and that no line is missing.</summary>
    public void Check(PrintedCost shape)
    {
        var rates = Rates(shape);
        var seconds = figures[shape.Workers == 0 ? "boot of one machine" : "boot of a cluster"] + (images / rates.Min());
        foreach (var (name, rate) in RateNames.Zip(rates)) Near(rate, shape.Result(name), 0.1);
        Near(seconds, shape.Result("seconds"), 0.1);
        Assert.Equal(rates.Index().MinBy(rate => rate.Item).Index, Array.FindIndex(RateNames, name => shape.Lines[name].EndsWith("which binds", StringComparison.Ordinal)));
        var terms = Terms(shape, Math.Max(seconds, figures["least machine seconds"]) / 3600);
        Assert.Equal([.. terms.Keys.Concat(RateNames).Concat(["seconds", "sum"]).Order()], shape.Lines.Keys.Order());
        foreach (var (name, dollars) in terms)
        {
            Near(dollars, shape.Result(name), 0.0001);
            Near(dollars, shape.Evaluate(name), 0.0002 + (dollars / 1000)); // seconds are printed to a tenth
        }

        Near(terms.Values.Sum(), shape.Result("sum"), 0.0001);
    }

    private double[] Rates(PrintedCost shape)
    {
        var (type, count) = shape.Workers == 0 ? (shape.Master, 1) : (shape.Worker, shape.Workers);
        return
        [
            count * figures[$"vCPU of {type}"] / (MillisecondsPerImage / 1000),
            count * figures[$"network of {type}"] * 1e6 / 8 / (figures["share of an image that is read"] * bytes / images),
            figures["GET rate of a prefix"] / figures["GETs of an image"],
        ];
    }

    private Dictionary<string, double> Terms(PrintedCost shape, double hours)
    {
        var disks = figures["disk of a master"] + (shape.Workers * figures["disk of a worker"]);
        var written = Math.Ceiling(images / figures["images of a shard"]) + Math.Ceiling(images / figures["objects of a LIST"]);
        Dictionary<string, double> terms = new()
        {
            ["master"] = hours * figures[$"price of {shape.Master}"],
            ["public IPv4"] = (shape.Workers + 1) * hours * figures["public IPv4"],
            ["disk"] = disks * hours * figures["disk"] / figures["hours of a month"],
            ["GET requests"] = images * figures["GETs of an image"] * figures["GET request"] / 1000,
            ["PUT and LIST requests"] = written * figures["PUT or LIST request"] / 1000,
            ["transitions"] = figures["transitions of a run"] * figures["transition"] / 1000,
        };
        if (shape.Workers > 0) terms["workers"] = shape.Workers * hours * figures[$"price of {shape.Worker}"];
        return terms;
    }

    private static void Near(double expected, double printed, double step) => Assert.InRange(printed, expected - (0.51 * step), expected + (0.51 * step));

    /// <summary>The figures of the price file by their names.</summary>
    public static Dictionary<string, double> Figures()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(PriceFile));
        return file.RootElement.GetProperty("figures").EnumerateArray().ToDictionary(figure => figure.GetProperty("name").GetString()!, figure => figure.GetProperty("value").GetDouble());
    }
}
