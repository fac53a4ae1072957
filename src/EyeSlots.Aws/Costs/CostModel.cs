namespace EyeSlots.Aws.Costs;

/// <summary>
/// What a run takes: images a second are the least of what processors, network and S3 allow; seconds are the boot and images over that
/// rate; dollars are machines, addresses, disks, requests and transitions.
/// </summary>
/// <param name="prices">Every figure that it takes.</param>
public sealed class CostModel(PriceFile prices)
{
    private const int MostWorkersTried = 16;
    private readonly CostTerms terms = new(prices);

    /// <summary>The usual master, workers as dear as their group may take, and so many of them.</summary>
    /// <param name="workers">0 for the master alone.</param>
    /// <param name="master">Its type; the usual one where it is null.</param>
    /// <exception cref="EyeSlotsException">usage: there is no price of such a master.</exception>
    public ClusterShape Shape(int workers, string? master = null) =>
        new(master is null ? prices.MasterTypes[0] : prices.Machine(master), prices.DearestWorker, workers);

    /// <summary>Sets side by side: the least and the most workers that were asked for, that master alone, and the cheapest of all shapes.</summary>
    public CostEstimate Estimate(Workload work, WorkerRange workers, string? master = null)
    {
        work.Validated();
        List<ShapeCost> shapes = [Estimate(work, Shape(workers.Least, master), "asked for")];
        if (workers.Most > workers.Least) shapes.Add(Estimate(work, Shape(workers.Most, master), "at most"));
        if (workers.Least > 0) shapes.Add(Estimate(work, Shape(0, master), "one machine"));
        shapes.Add(Cheapest(work));
        return new(work.Images, work.Bytes, work.Speed.Milliseconds, work.Speed.Source, shapes[0].Limit, shapes);
    }

    /// <summary>What one shape takes.</summary>
    public ShapeCost Estimate(Workload work, ClusterShape shape, string name)
    {
        var rates = RatesOf(work, shape);
        var boot = prices[shape.IsOneMachine ? "boot of one machine" : "boot of a cluster"].Value;
        var seconds = boot + (work.Images / rates.Lowest);
        var paid = Math.Max(seconds, prices["least machine seconds"].Value);
        return new(name, shape, rates, boot, seconds, paid, terms.Of(shape, paid, work.Images));
    }

    /// <summary>What each of the three would allow, in images a second.</summary>
    public Rates RatesOf(Workload work, ClusterShape shape) => new(
        shape.Vcpus / (work.Speed.Milliseconds / 1000),
        shape.BytesPerSecond / (prices.ReadShare.Value * work.Bytes / work.Images),
        prices["GET rate of a prefix"].Value * work.Prefixes / prices.GetsOfImage.Value);

    private ShapeCost Cheapest(Workload work) => prices.MasterTypes
        .Select(type => Shape(0, type.Name))
        .Concat(Enumerable.Range(1, MostWorkersTried).Select(workers => Shape(workers)))
        .Select(shape => Estimate(work, shape, "cheapest"))
        .MinBy(cost => (cost.Dollars, cost.Seconds))!;
}
