using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Cropping;

namespace EyeSlots.Preprocessing.Duplicates;

/// <summary>Faces whose crops look the same.</summary>
/// <param name="Faces">At least two, in the order of the plan.</param>
/// <param name="AcrossLists">Whether they are from more than one list: a leak from training into validation.</param>
public sealed record DuplicateGroup(IReadOnlyList<FaceKey> Faces, bool AcrossLists);

/// <summary>What a search found.</summary>
/// <param name="Groups">Groups across lists first, then larger ones first.</param>
/// <param name="Compared">Faces whose crops were compared.</param>
/// <param name="Damaged">Shards and crops that could not be, in the order of the shards.</param>
public sealed record DuplicateSearch(IReadOnlyList<DuplicateGroup> Groups, long Compared, IReadOnlyList<VerifyProblem> Damaged);

/// <summary>Finds near-equal faces of a generation by a perceptual hash of their crops. A million faces take about 200 MB.</summary>
/// <param name="root">The dataset root.</param>
public sealed class DuplicateFinder(IObjectStore root)
{
    /// <summary>Hashes every crop and joins those that differ in few bits. What is damaged is named and left out.</summary>
    /// <param name="manifest">The generation.</param>
    /// <param name="options">What counts as near-equal.</param>
    /// <param name="progress">Told how many shards were read.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<DuplicateSearch> FindAsync(Manifest manifest, DuplicateOptions options, IProgress<int>? progress, CancellationToken cancellation)
    {
        var distance = options.Validated().Distance;
        var format = manifest.Content.ReadFormat();
        using var decoder = new SlotDecoder();
        var shards = new HashedShard[manifest.Content.Shards.Count];
        var done = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
        await Parallel.ForEachAsync(Enumerable.Range(0, shards.Length), parallel, async (at, stop) =>
        {
            shards[at] = await HashAsync(manifest.Content.Shards[at], row => decoder.ToBgr(row.Slot.Span, format, row.Width, row.Height), stop).ConfigureAwait(false);
            progress?.Report(Interlocked.Increment(ref done));
        }).ConfigureAwait(false);
        (FaceKey Key, UInt128 Hash)[] faces = [.. shards.SelectMany(shard => shard.Faces)];
        var groups = Group(faces, NearHashes.Groups(Array.ConvertAll(faces, face => face.Hash), distance));
        return new(groups, faces.Length, [.. shards.SelectMany(shard => shard.Damaged)]);
    }

    private static List<DuplicateGroup> Group((FaceKey Key, UInt128 Hash)[] faces, int[] groups) =>
        [.. Enumerable.Range(0, faces.Length).GroupBy(i => groups[i]).Where(group => group.Skip(1).Any())
            .Select(group => group.Select(i => faces[i].Key).ToList())
            .Select(keys => new DuplicateGroup(keys, keys.Any(key => key.List != keys[0].List)))
            .OrderByDescending(group => group.AcrossLists).ThenByDescending(group => group.Faces.Count)];

    private async Task<HashedShard> HashAsync(ShardResult shard, Func<ShardRow, byte[]?> decode, CancellationToken cancellation)
    {
        var hashed = new HashedShard([], []);
        try
        {
            var reader = await PublishedFile.OpenShardAsync(root, shard, cancellation).ConfigureAwait(false);
            foreach (var row in reader.Rows())
            {
                if (decode(row) is { } bgr) hashed.Faces.Add((row.Key, CropHash.Of(bgr, row.Width, row.Height)));
                else hashed.Damaged.Add(VerifyProblem.OfCrop(shard.Fingerprint, row));
            }
        }
        catch (EyeSlotsException error) when (error.Code == ErrorCodes.DatasetDamaged)
        {
            hashed.Damaged.Add(new(shard.Fingerprint, error.Message));
        }

        return hashed;
    }

    private readonly record struct HashedShard(List<(FaceKey Key, UInt128 Hash)> Faces, List<VerifyProblem> Damaged);
}
