using EyeSlots.Core;

namespace EyeSlots.Aws.Nodes;

/// <summary>
/// Watches whether the master takes this machine's worker. Spark tries a master for a quarter of an hour and gives no reason but in its log:
/// a machine with another secret would be paid for all that time.
/// </summary>
/// <param name="node">The machine.</param>
internal sealed class Registration(NodeParts node)
{
    private const int MostLogBytes = 1 << 20;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    // The address may be that of an earlier cluster of the name, whose secret is another one: longer than the worker takes to see a new one.
    private static readonly TimeSpan RefusalPatience = TimeSpan.FromSeconds(45);

    // What Spark says to a worker with another secret, and to one without any.
    private static readonly string[] Refusals = ["SaslException", "Expected SaslMessage"];
    private volatile Attempt? current;

    private string Log => Path.Combine(node.Folder.Logs, "worker.log");

    /// <summary>Told before the worker is started: an address that it was started with before goes on counting.</summary>
    public void Begin(string master)
    {
        if (current?.Master != master) current = new(master, node.Time.GetTimestamp(), File.Exists(Log) ? new FileInfo(Log).Length : 0);
    }

    /// <summary>Watches until cancelled.</summary>
    /// <exception cref="EyeSlotsException">cluster-boot: the master refuses the machine's secret, or does not answer it in time.</exception>
    public async Task WatchAsync(CancellationToken cancellation)
    {
        for (Attempt? done = null; ; await Task.Delay(Pause, node.Time, cancellation).ConfigureAwait(false))
        {
            if (current is not { } attempt || attempt == done) continue;
            if (await node.Pages.IsRegisteredAsync(cancellation).ConfigureAwait(false)) done = attempt;
            else Check(attempt);
        }
    }

    private void Check(Attempt attempt)
    {
        var waited = node.Time.GetElapsedTime(attempt.Began);
        if (waited > RefusalPatience && IsRefused(attempt.LogOffset))
            throw new EyeSlotsException(ErrorCodes.ClusterBoot, $"the master at {attempt.Master} refuses the secret of this machine; is it of another cluster of the name?");
        if (waited > node.Settings.Patience)
            throw new EyeSlotsException(ErrorCodes.ClusterBoot, $"the master at {attempt.Master} did not take this machine within {node.Settings.Patience.TotalMinutes:0.#} minutes; Spark's worker said last: {LogTail.LastLine(Log)}");
    }

    private bool IsRefused(long offset)
    {
        if (!File.Exists(Log)) return false;
        var said = System.Text.Encoding.UTF8.GetString(LogTail.Read(Log, offset, MostLogBytes));
        return Array.Exists(Refusals, refusal => said.Contains(refusal, StringComparison.Ordinal));
    }

    private sealed record Attempt(string Master, long Began, long LogOffset);
}
