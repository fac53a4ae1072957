using EyeSlots.Aws.Costs;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Clusters;

/// <summary>Estimates what a job is going to take.</summary>
/// <param name="account">The account.</param>
public sealed class RunEstimate(ClusterAccount account)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>By counting the images that it names; null where it names none, or so many that counting takes too long ('cluster cost --images' does it).</summary>
    public async Task<CostEstimate?> OfAsync(ClusterOptions options, JobLine line, CancellationToken cancellation = default)
    {
        if (line is not { NeedsTrainer: false, Images: { } images }) return null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            var counted = await CountedImages.OfAsync(account.Stores.Open(images), limit.Token).ConfigureAwait(false);
            var speed = await KnownSpeed.OfAsync(account, PriceFile.Default, limit.Token).ConfigureAwait(false);
            return new CostModel(PriceFile.Default).Estimate(new(counted.Images, counted.Bytes, speed), options.Workers, options.MachineType);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }
}
