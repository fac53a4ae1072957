using System.Globalization;

namespace EyeSlots.Aws.Costs;

/// <summary>The terms of a run's dollars, each with its arithmetic.</summary>
internal sealed class CostTerms(PriceFile prices)
{
    private const double SecondsPerHour = 3600;

    /// <summary>The reaper's, for a run.</summary>
    public CostTerm Transitions => Each("transitions", prices["transitions of a run"].Value, prices["transition"]);

    /// <summary>Of machines that are all paid for the same time.</summary>
    public IReadOnlyList<CostTerm> Of(ClusterShape shape, double seconds, long images) => [.. OfTime(shape, seconds), .. Requests(images), Transitions];

    /// <summary>What such machines cost by the time that they run, whatever they do.</summary>
    public IEnumerable<CostTerm> OfTime(ClusterShape shape, double seconds)
    {
        yield return Machines("master", 1, seconds, shape.Master.Price);
        if (!shape.IsOneMachine) yield return Machines("workers", shape.Workers, seconds, shape.Worker.Price);
        yield return Machines("public IPv4", shape.Machines, seconds, prices["public IPv4"]);
        yield return Disks(shape, seconds);
    }

    /// <summary>What requests of a run come to.</summary>
    public IEnumerable<CostTerm> Requests(long images)
    {
        var written = Math.Ceiling(images / prices["images of a shard"].Value) + Math.Ceiling(images / prices["objects of a LIST"].Value);
        return [Gets(images), Each("PUT and LIST requests", written, prices["PUT or LIST request"])];
    }

    private CostTerm Gets(long images)
    {
        var (each, price) = (prices.GetsOfImage, prices["GET request"]);
        return new("GET requests", Invariant($"{images} × {each.Value} × {price.Value} {price.Unit}"), images * each.Value * price.Value / 1000);
    }

    private static CostTerm Machines(string name, int count, double seconds, Figure price) =>
        new(name, Invariant($"{count} × {seconds:F1} s × {price.Value} {price.Unit}"), count * seconds / SecondsPerHour * price.Value);

    private CostTerm Disks(ClusterShape shape, double seconds)
    {
        var (price, hours) = (prices["disk"], prices["hours of a month"]);
        var size = prices["disk of a master"].Value + (shape.Workers * prices["disk of a worker"].Value);
        return new("disk", Invariant($"{size} GB × {seconds:F1} s × {price.Value} {price.Unit} of {hours.Value} h"), size * seconds / SecondsPerHour / hours.Value * price.Value);
    }

    private static CostTerm Each(string name, double count, Figure price) =>
        new(name, Invariant($"{count} × {price.Value} {price.Unit}"), count * price.Value / 1000);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
