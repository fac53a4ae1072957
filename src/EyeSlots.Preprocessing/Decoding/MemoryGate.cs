namespace EyeSlots.Preprocessing.Decoding;

/// <summary>
/// Holds the workers of a process together within a number of bytes: ordinary photographs pass freely, monsters are decoded
/// one at a time, and what cannot fit at all is refused.
/// </summary>
/// <param name="bytes">Most bytes for one monster (<c>--memory</c>).</param>
public sealed class MemoryGate(long bytes) : IDisposable
{
    private readonly SemaphoreSlim alone = new(1, 1);

    /// <summary>Most bytes for one monster.</summary>
    public long Bytes { get; } = bytes;

    /// <summary>Lets one monster in at a time.</summary>
    internal void Enter() => alone.Wait();

    /// <summary>Lets the next monster in.</summary>
    internal void Leave() => alone.Release();

    /// <summary>Frees the gate.</summary>
    public void Dispose() => alone.Dispose();
}
