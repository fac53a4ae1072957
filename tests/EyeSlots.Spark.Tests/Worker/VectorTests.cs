using System.Text.Json;
using EyeSlots.Spark.Worker;
using EyeSlots.Spark.Worker.Protocol;

namespace EyeSlots.Spark.Tests.Worker;

/// <summary>What five versions of Spark sent is read to the last byte, and answered as the reply that they took.</summary>
public sealed class VectorTests
{
    public static TheoryData<string, string> Names
    {
        get
        {
            var names = new TheoryData<string, string>();
            foreach (var vector in Vector.All) names.Add(vector.Version, $"{vector.Case}-{vector.Partition}");
            return names;
        }
    }

    [Fact]
    public void Vectors_AreThere_ForFiveVersions() =>
        Assert.Equal(["3.5.8", "4.0.5", "4.1.4", "4.2.1", "4.3.0"], Vector.All.Select(vector => vector.Version).Distinct());

    [Theory]
    [MemberData(nameof(Names))]
    public void Task_AsRecorded_IsReadToTheLastByte(string version, string name)
    {
        var vector = Vector.Of(version, name);
        var talk = Conversation.Of(vector.FromSpark);
        Assert.Equal(vector.FromSpark.Length, talk.Read);
        Assert.Equal(vector.Case.Contains("fail") ? TaskEnd.Failed : TaskEnd.Ready, talk.End);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Task_AsRecorded_IsAnsweredAsSparkTookIt(string version, string name)
    {
        var vector = Vector.Of(version, name);
        var ours = Reply.Read(Conversation.Of(vector.FromSpark).Reply, vector.Level.Number);
        var recorded = Reply.Read(vector.ToSpark, vector.Level.Number);
        Assert.Equal(recorded.Error, ours.Error);
        Assert.Equal(recorded.End, ours.End);
        Assert.Equal(recorded.Timing.Length, ours.Timing.Length);
        Assert.Equal(recorded.Batches.SelectMany(BatchText.Names), ours.Batches.SelectMany(BatchText.Names));
        Assert.Equal(recorded.Batches.SelectMany(BatchText.Rows), ours.Batches.SelectMany(BatchText.Rows));
        Assert.All(ours.Batches, batch => Assert.Equal("_0", batch.Schema.FieldsList[0].Name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Reply_OutsideOfTheArrowStream_HasTheRecordedBytes(string version, string name)
    {
        var vector = Vector.Of(version, name);
        var recorded = Reply.Read(vector.ToSpark, vector.Level.Number);
        using var stream = new MemoryStream();
        var writer = new WireWriter(stream);
        if (recorded.Error is { } error) writer.WriteError(error);
        if (recorded.Timing is [var boot, var start, var finish, ..])
        {
            TaskFrames.CodecOf(vector.Level).WriteTiming(writer, new(boot, start, finish));
            writer.WriteEndOfOutput();
            writer.WriteInt32(Mark.EndOfStream);
        }

        Assert.Equal(vector.ToSpark[recorded.AfterStream..], stream.ToArray());
        if (recorded.Error is not null)
            Assert.Equal(stream.ToArray(), Conversation.Of(vector.FromSpark).Reply[^stream.ToArray().Length..]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Header_AsRecorded_GivesTheTask(string version, string name)
    {
        var vector = Vector.Of(version, name);
        using var stream = new MemoryStream(vector.FromSpark);
        var (codec, header) = TaskFrames.ReadNext(new(stream))!.Value;
        using var command = JsonDocument.Parse(header.Command);
        Assert.Equal(vector.Level, codec.Level);
        Assert.Equal((vector.Partition, vector.Partition), (header.Split, header.Task.PartitionId));
        Assert.Equal((0, 1), (header.Task.AttemptNumber, header.Task.Cpus));
        Assert.True(header.Task.TaskAttemptId >= header.Split);
        Assert.True(Path.IsPathRooted(header.FilesDirectory));
        Assert.Contains("spark.app.startTime", header.Task.LocalProperties.Keys);
        Assert.Contains("spark.sql.session.timeZone", header.RunnerConf.Keys);
        Assert.Equal(vector.Case.Contains("fail") ? vector.Case : "echo", command.RootElement.GetProperty("udf").GetString());
    }
}
