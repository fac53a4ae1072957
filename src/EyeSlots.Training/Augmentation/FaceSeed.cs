namespace EyeSlots.Training.Augmentation;

/// <summary>What augmentations are drawn from: a hash of a run's seed, the epoch and the face, so no thread decides it.</summary>
internal static class FaceSeed
{
    /// <summary>The part that all faces of an epoch share.</summary>
    /// <param name="seed">The run's.</param>
    /// <param name="epoch">From 0.</param>
    public static ulong OfEpoch(long seed, int epoch) => SplitMix64.Hash((ulong)seed, (ulong)epoch);

    /// <summary>The seed of a face.</summary>
    /// <param name="ofEpoch">From <see cref="OfEpoch"/>.</param>
    /// <param name="keyHash">64 bits of the hash of its key.</param>
    public static ulong Of(ulong ofEpoch, ulong keyHash) => SplitMix64.Hash(ofEpoch, keyHash);
}
