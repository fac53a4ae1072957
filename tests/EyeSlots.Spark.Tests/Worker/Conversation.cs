using EyeSlots.Spark.Worker;
using EyeSlots.Spark.Worker.Protocol;

namespace EyeSlots.Spark.Tests.Worker;

/// <summary>One task over streams in memory: no socket, no thread, no time limit but the input's end.</summary>
internal sealed record Conversation(TaskEnd End, byte[] Reply, long Read, string Log)
{
    internal static Conversation Of(ReadOnlySpan<byte> fromSpark, FunctionSource? functions = null)
    {
        using var input = new MemoryStream(fromSpark.ToArray());
        using var output = new MemoryStream();
        using var log = new MemoryStream();
        var tasks = new TaskLoop(new(input), new(output), functions ?? Sample.OfRecordedCommand, new(log, TimeProvider.System), TimeProvider.System);
        var end = tasks.RunNext(() => CancellationToken.None);
        return new(end, output.ToArray(), input.Position, System.Text.Encoding.UTF8.GetString(log.ToArray()));
    }
}
