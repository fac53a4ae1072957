using EyeSlots.Core.Annotations;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Drawing;

namespace EyeSlots.Cli.Commands;

/// <summary>Finds a few faces in a generation by their keys, and reads no more than the shards that hold them.</summary>
/// <param name="root">The dataset root.</param>
/// <param name="content">The generation.</param>
/// <param name="faces">The faces.</param>
internal sealed class ShownSlots(IObjectStore root, ManifestContent content, IReadOnlySet<FaceKey> faces)
{
    private static readonly IReadOnlyList<ShardColumn> Keys = [ShardColumns.ImagePath, ShardColumns.FaceIndex];
    private readonly HashSet<string> lists = [.. faces.Select(face => face.List)];

    /// <summary>Hands over a picture of each face that is there and sound.</summary>
    /// <exception cref="Core.EyeSlotsException">dataset-damaged: a shard is gone or altered.</exception>
    public async Task ReadAsync(Action<FaceKey, byte[]> found, IProgress<Step> steps, CancellationToken cancellation)
    {
        using var pictures = new FacePictures(content.ReadParameters());
        ShardResult[] shards = [.. content.Shards.Where(shard => shard.Rows > 0 && lists.Contains(shard.List))];
        var (done, missing) = (0, faces.Count);
        await Parallel.ForEachAsync(shards, new ParallelOptions { MaxDegreeOfParallelism = root.ReadsAtOnce, CancellationToken = cancellation }, async (shard, stop) =>
        {
            steps.Report(new("looking for faces in shards", Interlocked.Increment(ref done), shards.Length));
            if (Volatile.Read(ref missing) == 0 || !await HoldsOneAsync(shard, stop)) return;
            var rows = (await PublishedFile.OpenShardAsync(root, shard, stop)).Rows().Where(row => faces.Contains(row.Key)).ToArray();
            lock (pictures)
            {
                missing -= rows.Length;
                foreach (var row in rows)
                {
                    if (pictures.Crop(row) is { } jpeg) found(row.Key, jpeg);
                }
            }
        });
    }

    private async Task<bool> HoldsOneAsync(ShardResult shard, CancellationToken cancellation)
    {
        var reader = await PublishedFile.OpenColumnsAsync(root, shard, Keys, cancellation);
        return reader.RowGroups.Any(group => group.Read(ShardColumns.ImagePath).Zip(group.Read(ShardColumns.FaceIndex)).Any(row => faces.Contains(new(shard.List, row.First, row.Second))));
    }
}
