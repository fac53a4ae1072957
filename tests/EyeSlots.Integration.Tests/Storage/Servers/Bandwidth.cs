using System.Diagnostics;

namespace EyeSlots.Integration.Tests.Storage.Servers;

/// <summary>
/// Lends the time of a line to all who send through it: each piece of at most <see cref="Piece"/> bytes takes its share, in the order of
/// asking, so connections get equal shares. A line that stood idle for a moment, or whose timer was late, catches up for some milliseconds.
/// </summary>
internal sealed class Bandwidth(long bytesPerSecond)
{
    public const int Piece = 16 << 10;
    private static readonly long CatchUp = Stopwatch.Frequency / 200;
    private readonly Lock gate = new();
    private long free = Stopwatch.GetTimestamp();

    /// <summary>Takes a piece's share.</summary>
    /// <returns>How long until it may be sent.</returns>
    public TimeSpan Take(int bytes)
    {
        if (bytesPerSecond == 0) return TimeSpan.Zero;
        var now = Stopwatch.GetTimestamp();
        lock (gate)
        {
            free = Math.Max(free, now - CatchUp) + (bytes * Stopwatch.Frequency / bytesPerSecond);
            return free > now ? Stopwatch.GetElapsedTime(now, free) : TimeSpan.Zero;
        }
    }
}
