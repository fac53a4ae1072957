using System.Diagnostics;
using EyeSlots.Spark.Worker;

namespace EyeSlots.Spark.Tests.Worker;

/// <summary>Damaged frames end in an error and in little time and memory, whatever they claim.</summary>
public sealed class DamagedFrameTests
{
    private const int Seed = 20_261_125;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A frame of 11 KB, its reply, the batches and their texts; a length that is believed would be far above.</summary>
    private const long MostMemory = 8 << 20;

    public static TheoryData<string> Versions => [.. Vector.All.Select(vector => vector.Version).Distinct()];

    private static int Count => Environment.GetEnvironmentVariable("EYESLOTS_LONG") == "1" ? 100_000 : 5_000;

    [Theory]
    [MemberData(nameof(Versions))]
    public void Task_CutAnywhere_IsNeverAnsweredAsComplete(string version)
    {
        var whole = Vector.Of(version, "simple-0").FromSpark;
        for (var length = 0; length < whole.Length; length++)
        {
            var talk = Conversation.Of(whole.AsSpan(0, length));
            Assert.NotEqual(TaskEnd.Ready, talk.End);
            if (talk.Reply.Length >= 4) Assert.NotEqual([255, 255, 255, 252], talk.Reply[^4..]);
        }
    }

    [Fact]
    public void Task_Damaged_EndsInTimeAndMemoryWithAReadableReply()
    {
        var vectors = Vector.All.Where(vector => vector.Case is "simple" or "types" or "empty").Select(vector => (vector, vector.FromSpark)).ToList();
        var random = new Random(Seed);
        var ends = new int[3];
        for (var index = 0; index < Count; index++)
        {
            var (vector, bytes) = vectors[random.Next(vectors.Count)];
            var damaged = Mutation.Of(bytes, random);
            ends[(int)WithinLimits(vector, damaged, index)]++;
        }

        Assert.All(ends, count => Assert.True(count > Count / 100, $"Ready, closed, failed: {string.Join(", ", ends)}"));
    }

    private static TaskEnd WithinLimits(Vector vector, byte[] damaged, int index)
    {
        var (talk, memory, failure) = (default(Conversation), 0L, default(Exception));
        var start = Stopwatch.GetTimestamp();
        var thread = new Thread(() =>
        {
            try
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                talk = Conversation.Of(damaged);
                memory = GC.GetAllocatedBytesForCurrentThread() - before;
            }
            catch (Exception thrown)
            {
                failure = thrown;
            }
        }) { IsBackground = true };
        thread.Start();
        Assert.True(thread.Join(Patience), $"Frame {index} of {vector} hangs.");
        Assert.True(failure is null, $"Frame {index} of {vector}: {failure}");
        Assert.True(memory < MostMemory, $"Frame {index} of {vector} took {memory} bytes and {Stopwatch.GetElapsedTime(start)}: {talk!.Log}");
        if (talk!.End == TaskEnd.Ready) Assert.Equal(-4, Reply.Read(talk.Reply, LevelOf(talk.Reply, vector)).End);
        if (talk.End == TaskEnd.Failed) Assert.NotEmpty(Reply.Read(talk.Reply, vector.Level.Number).Error!);
        return talk.End;
    }

    /// <summary>A damaged version can name another level, whose timing has another length.</summary>
    private static int LevelOf(byte[] reply, Vector vector)
    {
        try
        {
            Reply.Read(reply, vector.Level.Number);
            return vector.Level.Number;
        }
        catch (Exception)
        {
            return vector.Level.Number >= 42 ? 41 : 42;
        }
    }
}
