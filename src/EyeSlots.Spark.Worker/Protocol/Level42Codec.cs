namespace EyeSlots.Spark.Worker.Protocol;

/// <summary>
/// Spark 4.2: the task's identity is one JSON text, a second conf follows the first, arguments may have names, a result id follows
/// the command, and the timing has a sixth number.
/// </summary>
internal sealed class Level42Codec : IProtocolCodec
{
    public ProtocolLevel Level => ProtocolLevel.Spark42;

    public bool FramesHeader => false;

    public TaskHeader ReadHeader(WireReader reader, int split) => Read(reader, split);

    public void WriteTiming(WireWriter writer, TaskTiming timing) => TimingBlock.WriteSix(writer, timing);

    internal static TaskHeader Read(WireReader reader, int split)
    {
        var task = TaskIdentityJson.Read(reader.ReadBlob("the task's JSON"));
        var files = reader.ReadText("the files directory");
        HeaderItems.SkipIncludes(reader);
        HeaderItems.ExpectNoBroadcast(reader);
        HeaderItems.ExpectMapInArrow(reader);
        var conf = reader.ReadMap("the runner conf");
        reader.ReadMap("the eval conf");
        var command = HeaderItems.ReadFunction(reader, argumentsMayHaveNames: true);
        reader.ReadInt64("the result id");
        return new() { Split = split, Task = task, FilesDirectory = files, RunnerConf = conf, Command = command };
    }
}
