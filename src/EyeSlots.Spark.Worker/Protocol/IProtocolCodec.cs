namespace EyeSlots.Spark.Worker.Protocol;

/// <summary>The frames of one level. Stateless: one instance serves all connections.</summary>
internal interface IProtocolCodec
{
    ProtocolLevel Level { get; }

    /// <summary>Whether a mark and a length precede the header.</summary>
    bool FramesHeader { get; }

    /// <summary>Reads from after the stated version up to the Arrow stream.</summary>
    /// <exception cref="WireFormatException">An item is out of its bounds, or is one that no client of ours causes.</exception>
    /// <exception cref="ConnectionClosedException">The stream ends within the header.</exception>
    TaskHeader ReadHeader(WireReader reader, int split);

    void WriteTiming(WireWriter writer, TaskTiming timing);
}
