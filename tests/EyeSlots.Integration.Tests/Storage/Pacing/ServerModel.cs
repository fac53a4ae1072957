namespace EyeSlots.Integration.Tests.Storage.Pacing;

/// <summary>A server and the way to it, as far as a read feels them.</summary>
internal sealed record ServerModel
{
    /// <summary>Seconds from a request to its answer when nobody else asks.</summary>
    public double Latency { get; init; } = 0.03;

    /// <summary>By how much single latencies differ: a tenth of them are so many times longer.</summary>
    public double Spread { get; init; } = 1;

    /// <summary>Bytes a second of all connections together; 0 for no limit.</summary>
    public double Bandwidth { get; init; }

    /// <summary>Bytes a second of one connection; 0 for no limit.</summary>
    public double OfOneConnection { get; init; }

    /// <summary>Reads a second; one more is answered SlowDown. 0 for no limit.</summary>
    public double Capacity { get; init; }

    /// <summary>Reads beyond its capacity that such a server takes at once after a lull.</summary>
    public double Burst { get; init; } = 20;

    /// <summary>The share of reads that is answered SlowDown whatever is asked.</summary>
    public double SlowDowns { get; init; }

    /// <summary>Reads at once; a further one is refused. 0 for no limit, -1 for a server that is away.</summary>
    public int Connections { get; init; }

    /// <summary>Every read of this number takes two seconds longer; 0 for none.</summary>
    public int StallEvery { get; init; }

    /// <summary>Bytes of an object, on average: half of them have half as many, the others half as many again.</summary>
    public double Size { get; init; } = 35_000;

    /// <summary>Seconds of this machine for each read, one after the other, as its processors give them; 0 for none.</summary>
    public double Work { get; init; } = 1 / 4000.0;

    /// <summary>Reads a second that are wanted; 0 for as many as can be had.</summary>
    public double Demand { get; init; }
}
