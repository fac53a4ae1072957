using EyeSlots.Aws.Costs;
using EyeSlots.Aws.Mailbox;

namespace EyeSlots.Aws.Clusters;

/// <summary>What a run took, by its result.</summary>
public static class RunActual
{
    private const double SecondsPerHour = 3600;

    /// <summary>Beside the estimate of the shape that was asked for, where there was one.</summary>
    /// <param name="options">The cluster.</param>
    /// <param name="estimate">What was estimated, or null.</param>
    /// <param name="result">How the job ended.</param>
    public static ActualCost Of(ClusterOptions options, CostEstimate? estimate, JobResult result)
    {
        var (measured, model) = (Measured(result), new ActualCostModel(PriceFile.Default));
        return EstimatedOf(options, estimate) is { } shape ? model.Of(shape, estimate!.Images, measured) : model.Of(options.Shape, measured);
    }

    /// <summary>The shape of the estimate beside which a run's own figures stand: that with all machines.</summary>
    public static ShapeCost? EstimatedOf(ClusterOptions options, CostEstimate? estimate) => estimate?.Shapes.First(shape => shape.Machines == options.Shape.Machines);

    private static RunMeasurement Measured(JobResult result) => new()
    {
        BootSeconds = Seconds(result, "boot") + Seconds(result, "gather"), JobSeconds = Seconds(result, "job"),
        MasterSeconds = result.MachineHours.Master * SecondsPerHour, WorkerSeconds = result.MachineHours.Workers * SecondsPerHour,
        Images = result.Result is { ValueKind: System.Text.Json.JsonValueKind.Object } said && said.TryGetProperty("facesMade", out var faces) && faces.TryGetInt64(out var count) ? count : 0,
    };

    private static double Seconds(JobResult result, string phase) => result.Seconds.TryGetValue(phase, out var seconds) && seconds is >= 0 and < double.PositiveInfinity ? seconds : 0;
}
