namespace EyeSlots.Spark.Worker.Protocol;

/// <summary>What Spark shows as the metrics of a worker, in milliseconds since 1970.</summary>
/// <param name="Boot">When the worker began to serve the connection; for its later tasks, when their header began to come.</param>
/// <param name="Start">When the task's header was read.</param>
/// <param name="Finish">When the last input and output were done.</param>
internal readonly record struct TaskTiming(long Boot, long Start, long Finish)
{
    internal long Processing => Finish - Start;
}
