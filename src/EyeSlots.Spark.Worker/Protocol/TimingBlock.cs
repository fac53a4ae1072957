namespace EyeSlots.Spark.Worker.Protocol;

/// <summary>The optional timing of a reply. A worker of ours never spills, so the last two numbers are 0.</summary>
internal static class TimingBlock
{
    internal static void WriteFive(WireWriter writer, TaskTiming timing) => Write(writer, [timing.Boot, timing.Start, timing.Finish, 0, 0]);

    internal static void WriteSix(WireWriter writer, TaskTiming timing) =>
        Write(writer, [timing.Boot, timing.Start, timing.Finish, timing.Processing, 0, 0]);

    private static void Write(WireWriter writer, ReadOnlySpan<long> numbers)
    {
        writer.WriteInt32(Mark.Timing);
        foreach (var number in numbers) writer.WriteInt64(number);
    }
}
