namespace EyeSlots.Spark.Worker.Protocol;

/// <summary>The begin of a task: finds the codec of its level and lets it read the rest of the header.</summary>
internal static class TaskFrames
{
    /// <summary>The largest framed header, in bytes.</summary>
    private const int LargestHeader = 64 << 20;

    private static readonly IProtocolCodec[] Codecs =
        [new Level35Codec(), new Level40Codec(), new Level41Codec(), new Level42Codec(), new Level43Codec()];

    /// <exception cref="ArgumentOutOfRangeException">There is no such level.</exception>
    internal static IProtocolCodec CodecOf(ProtocolLevel level) => Array.Find(Codecs, codec => codec.Level == level)
        ?? throw new ArgumentOutOfRangeException(nameof(level), level, "There is no codec of this level.");

    /// <summary>Reads the header of the connection's next task; null where Spark has no more.</summary>
    /// <param name="reader">From Spark.</param>
    /// <param name="begun">Called when the header begins to come, which may be long after the task before.</param>
    /// <exception cref="WireFormatException">The header is not that of a task which this worker can run.</exception>
    /// <exception cref="ConnectionClosedException">The stream ends within the header.</exception>
    internal static (IProtocolCodec Codec, TaskHeader Header)? ReadNext(WireReader reader, Action? begun = null)
    {
        if (reader.ReadInt32OrEnd("the partition") is not { } first || first == Mark.EndOfOutput) return null;
        begun?.Invoke();
        return first == Mark.StartOfHeader ? ReadFramed(reader) : Read(reader, first, framed: false);
    }

    private static (IProtocolCodec Codec, TaskHeader Header) ReadFramed(WireReader outer)
    {
        using var frame = new MemoryStream(outer.ReadBlob("the header", LargestHeader));
        var reader = new WireReader(frame);
        try
        {
            var task = Read(reader, reader.ReadInt32("the partition"), framed: true);
            var rest = frame.Length - frame.Position;
            return rest == 0
                ? task
                : throw new WireFormatException($"The header has {rest} bytes more than level {task.Codec.Level.Number} knows.");
        }
        catch (ConnectionClosedException cut)
        {
            throw new WireFormatException("The header's frame is too short. " + cut.Message, cut);
        }
    }

    private static (IProtocolCodec Codec, TaskHeader Header) Read(WireReader reader, int split, bool framed)
    {
        if (split < 0) throw new WireFormatException($"The partition is {split}.");
        var codec = CodecOf(ProtocolLevel.Parse(reader.ReadText("the version")));
        return codec.FramesHeader == framed
            ? (codec, codec.ReadHeader(reader, split))
            : throw new WireFormatException(
                $"The client states level {codec.Level.Number}, but the header is {(framed ? "" : "not ")}framed: the server has another version.");
    }
}
