using EyeSlots.Core;

namespace EyeSlots.Aws.Nodes;

/// <summary>A program that shall run for as long as the machine does: one that ends is started again, a few times.</summary>
/// <param name="name">For messages.</param>
/// <param name="processes">What starts it.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Takes a line for each end.</param>
internal sealed class Daemon(string name, INodeProcesses processes, TimeProvider time, NodeLog log)
{
    private const int MostStarts = 6;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private volatile INodeProcess? running;

    /// <summary>Sends a signal, if it runs.</summary>
    public void Signal(int signal) => running?.Signal(signal);

    /// <summary>Keeps it running until cancelled, and ends it then.</summary>
    /// <param name="request">Asked before each start.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="EyeSlotsException">cluster-boot: it ended too often.</exception>
    public async Task KeepAsync(Func<CancellationToken, Task<ProcessRequest>> request, CancellationToken cancellation)
    {
        for (var starts = 1; ; starts++)
        {
            var asked = await request(cancellation).ConfigureAwait(false);
            await using var process = processes.Start(asked);
            running = process;
            var code = await process.Ended.WaitAsync(cancellation).ConfigureAwait(false);
            log.Say($"{name} ended with {code}.");
            if (starts == MostStarts) throw new EyeSlotsException(ErrorCodes.ClusterBoot, $"{name} ended {MostStarts} times, the last time with {code}; it said last: {LogTail.LastLine(asked.Log)}");
            await Task.Delay(Pause, time, cancellation).ConfigureAwait(false);
        }
    }
}
