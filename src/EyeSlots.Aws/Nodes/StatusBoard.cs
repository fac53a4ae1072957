using EyeSlots.Aws.Mailbox;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Nodes;

/// <summary>What the cluster does, told every ten seconds, and how long its machines have run.</summary>
/// <param name="node">The master, or a trainer.</param>
internal sealed class StatusBoard(NodeParts node)
{
    private readonly Lock gate = new();
    private readonly long began = node.Time.GetTimestamp();
    private readonly Dictionary<string, double> seconds = [];
    private ClusterPhase phase = ClusterPhase.Booting;
    private (int Number, string Log)? job;
    private int workers;
    private double workerSeconds;

    /// <summary>Seconds since this machine's launch.</summary>
    public double Seconds => (node.AgeAtBegin + node.Time.GetElapsedTime(began)).TotalSeconds;

    /// <summary>Workers that were alive when last looked at.</summary>
    public int Workers
    {
        get
        {
            lock (gate) return workers;
        }
    }

    /// <summary>Hours of all machines so far.</summary>
    public MachineHours MachineHours
    {
        get
        {
            lock (gate) return new(Math.Round(Seconds / 3600, 5), Math.Round(workerSeconds / 3600, 5));
        }
    }

    /// <summary>Seconds of a phase that has ended; 0 before.</summary>
    public double SecondsOf(string name)
    {
        lock (gate) return seconds.GetValueOrDefault(name);
    }

    /// <summary>Seconds by phase, with the one that has just ended.</summary>
    public IReadOnlyDictionary<string, double> SecondsWith(string name, double spent)
    {
        lock (gate)
        {
            seconds[name] = Math.Round(spent, 3);
            return new Dictionary<string, double>(seconds);
        }
    }

    /// <summary>The phase of now on, and the job with the file in which its last line stands.</summary>
    public async Task EnterAsync(ClusterPhase entered, (int Number, string Log)? running = null, CancellationToken cancellation = default)
    {
        lock (gate) (phase, job) = (entered, running);
        await TellAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Tells every ten seconds, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var last = node.Time.GetTimestamp();
        while (true)
        {
            await Task.Delay(ClusterStatus.Interval, node.Time, cancellation).ConfigureAwait(false);
            var alive = node.Settings.MaxWorkers > 0 ? await node.Pages.WorkersAliveAsync(cancellation).ConfigureAwait(false) : 0;
            var now = node.Time.GetTimestamp();
            lock (gate)
            {
                workers = alive ?? 0;
                workerSeconds += workers * node.Time.GetElapsedTime(last, now).TotalSeconds;
            }

            last = now;
            await TellAsync(cancellation).ConfigureAwait(false);
        }
    }

    // A status that is not written is written ten seconds later; whoever reads notices after ninety.
    private async Task TellAsync(CancellationToken cancellation)
    {
        try
        {
            var (status, log) = Now();
            await node.Mailbox.WriteStatusAsync(status, cancellation).ConfigureAwait(false);
            if (status.Job is { } number && log is not null && File.Exists(log)) await node.Mailbox.Jobs.WriteLogAsync(number, LogTail.Read(log, 0, JobBox.MostLogBytes), cancellation).ConfigureAwait(false);
        }
        catch (StorageException error)
        {
            node.Log.Say($"The status was not written: {error.Message}");
        }
    }

    private (ClusterStatus Status, string? Log) Now()
    {
        lock (gate)
        {
            var progress = job is { } running ? LogTail.LastLine(running.Log) : "";
            return (new() { Phase = phase, Workers = workers, Job = job?.Number, Progress = progress, Seconds = Math.Round(Seconds, 1), Written = node.Time.GetUtcNow() }, job?.Log);
        }
    }
}
