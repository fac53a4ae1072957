using EyeSlots.Aws.Costs;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Clusters;

/// <summary>How fast one vCPU is known to be: from the last run of the account, else from the price file.</summary>
public static class KnownSpeed
{
    /// <summary>Looks into the mailboxes of the region's artifact bucket.</summary>
    /// <exception cref="EyeSlotsException">There is no base stack, or AWS or the bucket was not reached.</exception>
    public static async Task<ImageSpeed> OfAsync(ClusterAccount account, PriceFile prices, CancellationToken cancellation = default)
    {
        var region = await ClusterBase.FindAsync(account, cancellation).ConfigureAwait(false);
        var bucket = account.Stores.Open(StorageAddress.Parse($"s3://{region.ArtifactBucket}"));
        return await new LastSpeed(bucket, prices).FindAsync(cancellation).ConfigureAwait(false) ?? ImageSpeed.Of(prices);
    }
}
