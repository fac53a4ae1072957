namespace EyeSlots.Spark.Worker.Protocol;

/// <summary>Spark 4.3: the header of 4.2 behind a mark and its length.</summary>
internal sealed class Level43Codec : IProtocolCodec
{
    public ProtocolLevel Level => ProtocolLevel.Spark43;

    public bool FramesHeader => true;

    public TaskHeader ReadHeader(WireReader reader, int split) => Level42Codec.Read(reader, split);

    public void WriteTiming(WireWriter writer, TaskTiming timing) => TimingBlock.WriteSix(writer, timing);
}
