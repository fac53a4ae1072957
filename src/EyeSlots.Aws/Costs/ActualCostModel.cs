namespace EyeSlots.Aws.Costs;

/// <summary>What a run took, and in which terms that differs from what was estimated.</summary>
/// <param name="prices">The figures of the estimate.</param>
public sealed class ActualCostModel(PriceFile prices)
{
    private const double SecondsPerHour = 3600;
    private readonly CostTerms terms = new(prices);

    /// <summary>By the seconds that each machine ran.</summary>
    public ActualCost Of(ClusterShape shape, RunMeasurement run) => new(
        run.BootSeconds + run.JobSeconds, run.MasterSeconds + run.WorkerSeconds,
        Machines(shape, Paid(run.MasterSeconds), run.WorkerSeconds) + Requests(run.Images) + Transitions);

    /// <summary>
    /// The same with its differences from an estimate of the same shape: the boot took longer; there were other images to read, or each took
    /// longer; the master waited for the job, or for what followed it; workers came later, left earlier, or were others in number. They add
    /// up to the difference of the dollars.
    /// </summary>
    public ActualCost Of(ShapeCost estimate, long estimatedImages, RunMeasurement run)
    {
        var (shape, actual) = (estimate.Shape, Of(estimate.Shape, run));
        var (whole, making) = (run.BootSeconds + run.JobSeconds, run.Images / estimate.Rates.Lowest);
        var more = (run.Images - estimatedImages) / estimate.Rates.Lowest;
        return actual with
        {
            Differences =
            [
                new("boot", All(shape, run.BootSeconds - estimate.BootSeconds)),
                new("number of images", All(shape, more) + Requests(run.Images) - Requests(estimatedImages)),
                new("speed of the job", All(shape, run.JobSeconds - making)),
                new("master beside boot and job", Machines(shape, Paid(run.MasterSeconds) - whole, 0)),
                new("time of the workers", Machines(shape, 0, run.WorkerSeconds - (shape.Workers * whole))),
                new("least time that is paid", All(shape, estimate.Seconds - estimate.PaidSeconds)),
            ],
        };
    }

    private double Transitions => terms.Transitions.Dollars;

    private double Paid(double seconds) => Math.Max(seconds, prices["least machine seconds"].Value);

    private double All(ClusterShape shape, double seconds) => Machines(shape, seconds, shape.Workers * seconds);

    private double Requests(long images) => terms.Requests(images).Sum(term => term.Dollars);

    private double Machines(ClusterShape shape, double master, double workers) =>
        (PerHour(shape.Master, prices["disk of a master"]) * master / SecondsPerHour) + (PerHour(shape.Worker, prices["disk of a worker"]) * workers / SecondsPerHour);

    /// <summary>A machine with its address and its disk.</summary>
    private double PerHour(MachineType type, Figure disk) =>
        type.Price.Value + prices["public IPv4"].Value + (disk.Value * prices["disk"].Value / prices["hours of a month"].Value);
}
