using EyeSlots.Spark.Worker;
using EyeSlots.Spark.Worker.Protocol;

namespace EyeSlots.Spark.Tests.Worker;

/// <summary>Headers with what no recorded case has, and headers that are refused with the reason.</summary>
public sealed class HeaderTests
{
    public static TheoryData<int> Levels => [35, 40, 41, 42, 43];

    [Fact]
    public void Levels_AreStatedAsTheClientStatesThem() =>
        Assert.Equal(
            ["eyeslots/35", "eyeslots/40", "eyeslots/41", "eyeslots/42", "eyeslots/43"], ProtocolLevel.All.Select(level => level.PythonVersion));

    [Theory]
    [MemberData(nameof(Levels))]
    public void Header_OfABarrierTaskWithResources_IsReadWhole(int level)
    {
        var frame = new Frame(level) { Barrier = true, Resource = ("gpu", "0") };
        TaskContext? context = null;
        var talk = Conversation.Of(frame.Bytes(), _ => new Sample((input, given, _) =>
        {
            context = given;
            return input;
        }));

        Assert.Equal(TaskEnd.Ready, talk.End);
        Assert.Equal(frame.Bytes().Length, talk.Read);
        Assert.Equal((3, 7, 2, 5_000_000_000, 2), (context!.StageId, context.PartitionId, context.AttemptNumber, context.TaskAttemptId, context.Cpus));
        Assert.Equal(("/files", "b", "0"), (context.FilesDirectory, context.LocalProperties["spark.a"], context.Resources["gpu"].Single()));
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Function_ThatLogs_IsLoggedWithItsTask(int level)
    {
        var talk = Conversation.Of(new Frame(level).Bytes(), _ => new Sample((input, context, _) =>
        {
            context.Log("hello");
            return input;
        }));
        Assert.Contains("stage 3 partition 7 attempt 2 task 5000000000: hello", talk.Log);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Header_ThatCannotBeServed_IsRefusedWithTheReason(int level)
    {
        var frame = new Frame(level);
        Assert.StartsWith("EyeSlots.Spark.Worker.Protocol.WireFormatException: The client states the version '3.11'; this worker serves eyeslots/35", Refusal(frame with { Version = "3.11" }));
        Assert.Contains("The eval type is 205; this worker runs 207, mapInArrow.", Refusal(frame with { EvalType = 205 }));
        Assert.Contains("broadcast variables", Refusal(frame with { Broadcasts = 1 }));
        Assert.Contains("The task has 2 functions; mapInArrow has one.", Refusal(frame with { Functions = 2 }));
        Assert.Contains("The partition is -5.", Refusal(frame with { Partition = -5 }));
    }

    [Fact]
    public void Header_OfAnotherLevelThanStated_IsRefused()
    {
        Assert.Contains("states level 42, but the header is framed", Refusal(new Frame(43) { Version = "eyeslots/42" }));
        Assert.Contains("states level 43, but the header is not framed", Refusal(new Frame(42) { Version = "eyeslots/43" }));
    }

    [Fact]
    public void Header_WithMoreThanItsLevelKnows_IsRefused()
    {
        var bytes = new Frame(43).Bytes();
        var longer = Reply.Int32(new MemoryStream(bytes[4..8])) + 3;
        Assert.Contains("3 bytes more than level 43 knows", Refusal([.. bytes[..4], .. Frame.Int32(longer), .. bytes[8..]]));
    }

    [Fact]
    public void Connection_WithoutFurtherTask_EndsQuietly()
    {
        Assert.Equal((TaskEnd.Closed, 0), (Conversation.Of([]).End, Conversation.Of([]).Reply.Length));
        Assert.Equal((TaskEnd.Closed, 0), (Conversation.Of(Frame.Int32(-1)).End, Conversation.Of(Frame.Int32(-1)).Reply.Length));
    }

    private static string Refusal(Frame frame) => Refusal(frame.Bytes());

    private static string Refusal(byte[] bytes)
    {
        var talk = Conversation.Of(bytes);
        Assert.Equal(TaskEnd.Failed, talk.End);
        return Reply.Read(talk.Reply, 43).Error!;
    }
}
