using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Manifests;

/// <summary>What a run finds at a dataset root before it makes anything.</summary>
public sealed class DatasetContents
{
    private DatasetContents(Manifest? newest, ShardInventory shards) => (Newest, Shards) = (newest, shards);

    /// <summary>The newest generation, or null when there is none.</summary>
    public Manifest? Newest { get; }

    /// <summary>All shards.</summary>
    internal ShardInventory Shards { get; }

    /// <summary>Looks at both side by side: nothing follows from the order, since a run looks at its shards once more before it commits.</summary>
    /// <param name="root">The dataset root.</param>
    /// <param name="dataset">The dataset.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="EyeSlotsException">The newest generation cannot be read, or a <see cref="StorageException"/>.</exception>
    public static async Task<DatasetContents> ReadAsync(IObjectStore root, string dataset, CancellationToken cancellation)
    {
        var (newest, shards) = (new ManifestStore(root).LatestAsync(dataset, cancellation: cancellation), ShardInventory.ReadAsync(root, cancellation));
        await Task.WhenAll(newest, shards).ConfigureAwait(false);
        return new(await newest.ConfigureAwait(false), await shards.ConfigureAwait(false));
    }
}
