namespace EyeSlots.Spark.Worker.Protocol;

/// <summary>Spark 4.0: as 3.5, with the profiler flag.</summary>
internal sealed class Level40Codec : IProtocolCodec
{
    public ProtocolLevel Level => ProtocolLevel.Spark40;

    public bool FramesHeader => false;

    public TaskHeader ReadHeader(WireReader reader, int split)
    {
        var task = HeaderItems.ReadTask(reader, barrierFieldsAlways: true);
        var files = reader.ReadText("the files directory");
        HeaderItems.SkipIncludes(reader);
        HeaderItems.ExpectNoBroadcast(reader);
        HeaderItems.ExpectMapInArrow(reader);
        var conf = reader.ReadMap("the runner conf");
        HeaderItems.ExpectNoProfiler(reader);
        var command = HeaderItems.ReadFunction(reader, argumentsMayHaveNames: false);
        return new() { Split = split, Task = task, FilesDirectory = files, RunnerConf = conf, Command = command };
    }

    public void WriteTiming(WireWriter writer, TaskTiming timing) => TimingBlock.WriteFive(writer, timing);
}
