namespace EyeSlots.Spark.Worker.Protocol;

/// <summary>Spark 3.5: the fields of the barrier are always sent, and there is no profiler flag.</summary>
internal sealed class Level35Codec : IProtocolCodec
{
    public ProtocolLevel Level => ProtocolLevel.Spark35;

    public bool FramesHeader => false;

    public TaskHeader ReadHeader(WireReader reader, int split)
    {
        var task = HeaderItems.ReadTask(reader, barrierFieldsAlways: true);
        var files = reader.ReadText("the files directory");
        HeaderItems.SkipIncludes(reader);
        HeaderItems.ExpectNoBroadcast(reader);
        HeaderItems.ExpectMapInArrow(reader);
        var conf = reader.ReadMap("the runner conf");
        var command = HeaderItems.ReadFunction(reader, argumentsMayHaveNames: false);
        return new() { Split = split, Task = task, FilesDirectory = files, RunnerConf = conf, Command = command };
    }

    public void WriteTiming(WireWriter writer, TaskTiming timing) => TimingBlock.WriteFive(writer, timing);
}
