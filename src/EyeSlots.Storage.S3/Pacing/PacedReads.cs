using Microsoft.Extensions.Logging;

namespace EyeSlots.Storage.S3.Pacing;

/// <summary>
/// Runs reads in the places of a <see cref="ReadWindow"/>. A server that wishes for fewer reads, or refuses connections, has nothing against
/// the read itself: it is tried again without using up its tries, as long as reads of this process succeed at all.
/// </summary>
/// <param name="window">The places.</param>
/// <param name="patience">How long it is tried.</param>
/// <param name="time">Waits.</param>
/// <param name="log">Told once that the server wishes for fewer.</param>
internal sealed partial class PacedReads(ReadWindow window, S3Patience patience, TimeProvider time, ILogger log)
{
    private readonly Random jitter = new(Environment.ProcessId);
    private int said;

    /// <summary>Runs one try of a read.</summary>
    /// <param name="bytes">Bytes that it is expected to bring.</param>
    /// <param name="attempt">The try; its time limit rests while it waits for a place.</param>
    /// <param name="read">Asks the server once.</param>
    public async ValueTask<T> RunAsync<T>(long bytes, S3Attempt attempt, Func<S3Attempt, ValueTask<T>> read)
    {
        long? since = null;
        for (var refusals = 0; ; refusals++)
        {
            attempt.Rest();
            var permit = await window.EnterAsync(bytes, refusals > 0, attempt.Token).ConfigureAwait(false);
            attempt.Progress();
            var end = ReadEnd.Failed;
            try
            {
                var result = await read(attempt).ConfigureAwait(false);
                end = ReadEnd.Answered;
                return result;
            }
            catch (Exception error) when ((end = S3Faults.EndOf(error)) != ReadEnd.Failed && IsPatient(end, since ??= time.GetTimestamp()))
            {
            }
            finally
            {
                permit.Leave(end);
            }

            Say();
            attempt.Rest();
            await Task.Delay(Pause(refusals), time, attempt.Token).ConfigureAwait(false);
        }
    }

    // A server that has not answered once may be the wrong one. One that answers others is waited for, but not for ever.
    private bool IsPatient(ReadEnd end, long since) =>
        window.SinceProgress is { } idle && idle < (end == ReadEnd.Refused ? patience.Silence : patience.Standstill) && time.GetElapsedTime(since) < patience.LongestRefusal;

    private TimeSpan Pause(int refusals)
    {
        var longest = patience.FirstPause * (1 << Math.Min(refusals, 10));
        if (longest > patience.LongestPause) longest = patience.LongestPause;
        lock (jitter) return longest * (0.5 + (0.5 * jitter.NextDouble()));
    }

    private void Say()
    {
        if (window.WasRefused && Interlocked.Exchange(ref said, 1) == 0) AsksForFewer(window.Limit);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The S3 server asks for fewer reads at once (503 SlowDown, or connections refused): at most {Limit} are in flight now. What it sends away is read again.")]
    private partial void AsksForFewer(int limit);
}
