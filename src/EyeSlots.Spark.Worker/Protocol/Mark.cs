namespace EyeSlots.Spark.Worker.Protocol;

/// <summary>The negative integers that structure both directions of a task's connection.</summary>
internal static class Mark
{
    /// <summary>Precedes the length of a framed header (level 43).</summary>
    internal const int StartOfHeader = -8;

    /// <summary>Precedes the Arrow stream of the reply.</summary>
    internal const int StartOfArrowStream = -6;

    /// <summary>From Spark: the input is complete. To Spark: the connection may serve another task.</summary>
    internal const int EndOfStream = -4;

    internal const int Timing = -3;

    internal const int Error = -2;

    /// <summary>To Spark: no more output. From Spark in place of a partition: no more tasks.</summary>
    internal const int EndOfOutput = -1;
}
