using EyeSlots.Aws.Mailbox;
using EyeSlots.Aws.Requests;
using EyeSlots.Core;
using EyeSlots.Storage.S3;

namespace EyeSlots.Aws.Nodes;

/// <summary>The program of a machine in a cluster, begun by <c>deploy/boot.sh</c>: from an empty machine to one that is gone.</summary>
public static class Node
{
    /// <summary>Runs it.</summary>
    /// <param name="settings">What user data says.</param>
    /// <param name="time">The clock.</param>
    /// <param name="say">Writes a line to the console, where it is read when there is no network.</param>
    /// <param name="cancellation">Stops it; programs that it started end.</param>
    /// <exception cref="EyeSlotsException">It failed: why.</exception>
    public static async Task RunAsync(NodeSettings settings, TimeProvider time, Action<string> say, CancellationToken cancellation)
    {
        using var metadata = new InstanceMetadata(Environment.GetEnvironmentVariable(InstanceMetadata.EndpointVariable), time);
        var (instance, address) = (await metadata.InstanceIdAsync(cancellation).ConfigureAwait(false), await metadata.AddressAsync(cancellation).ConfigureAwait(false));
        var age = await metadata.LaunchedAsync(cancellation).ConfigureAwait(false) is { } launched && time.GetUtcNow() > launched ? time.GetUtcNow() - launched : TimeSpan.Zero;
        using var access = new AwsAccess(new(Region: settings.Region), time);
        using var stores = access.OpenStores();
        using var pages = new SparkPages(address);
        var folder = new NodeFolder(settings.Home);
        folder.Make();
        var log = new NodeLog(Path.Combine(folder.Logs, "node.log"), time, say);
        var mailbox = ClusterMailbox.Open(stores, settings.Bucket, settings.Cluster);
        var node = new NodeParts
        {
            Settings = settings, Instance = instance, AgeAtBegin = age, Time = time, Stores = stores, Processes = new NodeProcesses(), Cloud = new NodeCloud(settings, access), Power = new NodePower(),
            Pages = pages, IsTakenBack = metadata.IsTakenBackAsync, Spark = new(folder, address), Folder = folder, Log = log, Mailbox = mailbox,
            Logs = new(folder, mailbox.Machines, instance, time, log),
        };
        await new NodeLife(node).RunAsync(cancellation).ConfigureAwait(false);
    }
}
