using EyeSlots.Aws.Mailbox;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Nodes;

/// <summary>
/// Ships a machine's logs to the mailbox: of each file what is new, as a part of its own, so that a machine that vanishes has lost a minute of
/// them at most. Executors' logs are among them.
/// </summary>
/// <param name="folder">The machine's folder.</param>
/// <param name="mailbox">Where parts go.</param>
/// <param name="instance">The machine.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Takes what goes wrong.</param>
internal sealed class LogShipping(NodeFolder folder, MachineBox mailbox, string instance, TimeProvider time, NodeLog log)
{
    private const int MostPartBytes = 4 << 20;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private readonly Dictionary<string, long> shipped = [];
    private readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>Ships every minute, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(Interval, time, cancellation).ConfigureAwait(false);
            await TryShipAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Ships what is new in all files; what S3 does not take is tried again next time.</summary>
    public async Task TryShipAsync(CancellationToken cancellation)
    {
        try
        {
            await ShipAsync(cancellation).ConfigureAwait(false);
        }
        catch (StorageException error)
        {
            log.Say($"Logs were not shipped: {error.Message}");
        }
    }

    private async Task ShipAsync(CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            foreach (var (name, path) in Files()) await ShipAsync(name, path, cancellation).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    private IEnumerable<(string Name, string Path)> Files()
    {
        foreach (var path in Directory.EnumerateFiles(folder.Logs, "*.log")) yield return (Path.GetFileName(path), path);
        foreach (var name in (string[])["stdout", "stderr"])
        {
            // Executors write as a user without rights: a link of theirs could lead anywhere, and is passed over.
            foreach (var path in Directory.EnumerateFiles(folder.Executors, name, new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
                yield return (Path.Combine("executors", Path.GetRelativePath(folder.Executors, path)), path);
        }
    }

    private async Task ShipAsync(string name, string path, CancellationToken cancellation)
    {
        while (LogTail.Read(path, shipped.GetValueOrDefault(name), MostPartBytes) is { Length: > 0 } part)
        {
            await mailbox.AddLogAsync(instance, name, shipped.GetValueOrDefault(name), part, cancellation).ConfigureAwait(false);
            shipped[name] = shipped.GetValueOrDefault(name) + part.Length;
        }
    }
}
