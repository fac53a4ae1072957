namespace EyeSlots.Integration.Tests.Storage.Servers;

/// <summary>What lies between a client and a server, and what a server under load does. Nothing does, by default.</summary>
internal sealed record Distance
{
    /// <summary>An answer's first byte comes that much later than the server gave it, and a new connection's first answer once more.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Bytes of answers a second, over all connections together; 0 for no limit.</summary>
    public long BytesPerSecond { get; init; }

    /// <summary>The share of image GETs that are answered by 503 SlowDown, from 0 to 1.</summary>
    public double SlowDownShare { get; init; }

    /// <summary>Decides which these are.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Connections at once; a further one is reset before a byte is read from it. 0 for no limit.</summary>
    public int MostConnections { get; init; }

    /// <summary>Every image GET of this number waits for <see cref="StallFor"/>; 0 for none.</summary>
    public int StallEvery { get; init; }

    /// <summary>How much later the answer of such a GET begins.</summary>
    public TimeSpan StallFor { get; init; } = TimeSpan.FromSeconds(2);
}
