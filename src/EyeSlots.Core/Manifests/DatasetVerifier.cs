using System.Buffers.Binary;
using System.Security.Cryptography;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Manifests;

/// <summary>Something of a generation that is not what its manifest says.</summary>
/// <param name="Fingerprint">The shard; empty for the manifest itself.</param>
/// <param name="Detail">One sentence.</param>
public sealed record VerifyProblem(string Fingerprint, string Detail)
{
    /// <summary>A crop that is no picture of the size that its row states.</summary>
    public static VerifyProblem OfCrop(string fingerprint, ShardRow row) =>
        new(fingerprint, $"The crop of {row.Key.Display} does not decode to {row.Width} x {row.Height} pixels.");
}

/// <summary>
/// Reads every shard and quarantine file of a generation and compares all of it with the manifest: first the hashes, and only what has
/// the stated bytes is parsed and decoded.
/// </summary>
/// <param name="root">The dataset root.</param>
/// <param name="decodes">Whether a row's crop decodes to its width and height in the dataset's format.</param>
public sealed class DatasetVerifier(IObjectStore root, Func<ShardRow, SlotFormat, bool> decodes)
{
    private readonly HashSet<UInt128> seen = [];
    private readonly Lock adding = new();

    /// <summary>Verifies a generation.</summary>
    /// <param name="manifest">The generation.</param>
    /// <param name="progress">Told how many shards were read so far.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>All problems, in the order of the shards; empty when the dataset is clean.</returns>
    public async Task<IReadOnlyList<VerifyProblem>> VerifyAsync(Manifest manifest, IProgress<int>? progress, CancellationToken cancellation)
    {
        seen.Clear();
        List<VerifyProblem> all = [];
        try
        {
            all.AddRange(await VerifyShardsAsync(manifest.Content.Shards, manifest.Content.ReadFormat(), progress, cancellation).ConfigureAwait(false));
        }
        catch (EyeSlotsException error) when (error.Code == ErrorCodes.DatasetDamaged)
        {
            all.Add(new("", error.Message));
        }

        if (!SameTotals(manifest.Content)) all.Add(new("", "The manifest's totals are not the sums of its shards."));
        return all;
    }

    private async Task<IEnumerable<VerifyProblem>> VerifyShardsAsync(
        IReadOnlyList<ShardResult> shards, SlotFormat format, IProgress<int>? progress, CancellationToken cancellation)
    {
        var problems = new List<VerifyProblem>[shards.Count];
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
        await Parallel.ForEachAsync(Enumerable.Range(0, shards.Count), options, async (at, stop) =>
        {
            problems[at] = await VerifyShardAsync(shards[at], format, stop).ConfigureAwait(false);
            progress?.Report(Interlocked.Increment(ref done));
        }).ConfigureAwait(false);
        return problems.SelectMany(found => found);
    }

    private static bool SameTotals(ManifestContent content)
    {
        var (sums, stated) = (ManifestTotals.Of(content.Shards), content.Totals);
        return sums.RejectedByCode.SequenceEqual(stated.RejectedByCode) && sums with { RejectedByCode = stated.RejectedByCode } == stated;
    }

    private async Task<List<VerifyProblem>> VerifyShardAsync(ShardResult stated, SlotFormat format, CancellationToken cancellation)
    {
        List<VerifyProblem> problems = [];
        void Report(string detail) => problems.Add(new(stated.Fingerprint, detail));
        void Row(ShardRow row)
        {
            if (!decodes(row, format)) problems.Add(VerifyProblem.OfCrop(stated.Fingerprint, row));
            Once(row.Key, Report);
        }

        try
        {
            var read = await new ShardCheck(root).ReadAsync(stated, Row, key => Once(key, Report), cancellation).ConfigureAwait(false);
            Compare(stated, read, Report);
        }
        catch (EyeSlotsException error) when (error.Code == ErrorCodes.DatasetDamaged)
        {
            Report(error.Message);
        }

        return problems;
    }

    private static void Compare(ShardResult stated, ShardResult read, Action<string> report)
    {
        if (stated.Rows != read.Rows || stated.Rejected != read.Rejected || stated.Faces != read.Faces) report("The shard's counts are not those of the manifest.");
        if (stated.FaceKeysSha256 != read.FaceKeysSha256) report("The shard's face keys are not those of the manifest.");
        if (stated.QuarantineBytes != read.QuarantineBytes || stated.QuarantineSha256 != read.QuarantineSha256) report("The manifest states a quarantine file that is not the shard's.");
        if (!stated.RejectedByCode.ToHashSet().SetEquals(read.RejectedByCode)) report("The quarantine's reasons are not those of the manifest.");
    }

    // 128 bits of a hash for each face: a million faces take 32 MB.
    private void Once(in FaceKey key, Action<string> report)
    {
        var hash = BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(key.ToUtf8()));
        bool isNew;
        lock (adding) isNew = seen.Add(hash);
        if (!isNew) report($"The face {key.Display} is there more than once.");
    }
}
