using System.Text.Json;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Mailbox;

/// <summary>
/// A cluster's mailbox, <c>clusters/NAME/</c> of the artifact bucket: all that the client's side and the machines say to each other. Nobody
/// reaches a machine by the network.
/// </summary>
/// <param name="store">That folder.</param>
public sealed class ClusterMailbox(IObjectStore store)
{
    private const int MostStatusBytes = 1 << 16;

    /// <summary>Where it lies.</summary>
    public StorageAddress Address => store.Address;

    /// <summary>Jobs and results.</summary>
    public JobBox Jobs { get; } = new(store);

    /// <summary>Addresses, failures and logs.</summary>
    public MachineBox Machines { get; } = new(store);

    /// <summary>The mailbox of a cluster.</summary>
    /// <param name="stores">What opens buckets.</param>
    /// <param name="bucket">The artifact bucket.</param>
    /// <param name="name">The cluster.</param>
    public static ClusterMailbox Open(IObjectStoreFactory stores, string bucket, ClusterName name) => new(stores.Open(StorageAddress.Parse($"s3://{bucket}/{name.Folder}")));

    /// <summary>What the cluster does, or null where its master has not said anything yet.</summary>
    /// <exception cref="StorageException">It is damaged.</exception>
    public async Task<ClusterStatus?> StatusAsync(CancellationToken cancellation = default) =>
        await store.ReadSmallAsync(MailboxKeys.Status, MostStatusBytes, cancellation).ConfigureAwait(false) is { } file
            ? store.Parse(MailboxKeys.Status, file, MailboxJson.Default.ClusterStatus)
            : null;

    /// <summary>Says what the cluster does; the master alone says it.</summary>
    public Task WriteStatusAsync(ClusterStatus status, CancellationToken cancellation = default) =>
        store.WriteAsync(MailboxKeys.Status, JsonSerializer.SerializeToUtf8Bytes(status, MailboxJson.Default.ClusterStatus), cancellation);

    /// <summary>Empties the mailbox: a cluster of that name is to begin, and must find no job, result or address of an earlier one.</summary>
    public async Task EmptyAsync(CancellationToken cancellation = default)
    {
        await foreach (var file in store.ListAsync("", cancellation).ConfigureAwait(false)) await store.DeleteAsync(file.Key, cancellation).ConfigureAwait(false);
    }
}
