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
public sealed record VerifyProblem(string Fingerprint, string Detail);

/// <summary>Reads every shard and quarantine file of a generation and compares all of it with the manifest.</summary>
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
        if (!TryFormatOf(manifest.Content, out var format)) return [new("", "The manifest's parameters are not those of a job.")];
        var shards = manifest.Content.Shards;
        var problems = new List<VerifyProblem>[shards.Count];
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
        await Parallel.ForEachAsync(Enumerable.Range(0, shards.Count), options, async (at, stop) =>
        {
            problems[at] = await VerifyShardAsync(shards[at], format, stop).ConfigureAwait(false);
            progress?.Report(Interlocked.Increment(ref done));
        }).ConfigureAwait(false);
        List<VerifyProblem> all = [.. problems.SelectMany(found => found)];
        if (!SameTotals(manifest.Content)) all.Add(new("", "The manifest's totals are not the sums of its shards."));
        return all;
    }

    private static bool TryFormatOf(ManifestContent content, out SlotFormat format)
    {
        try
        {
            format = ParameterText.FormatOf(content.Parameters.ToJsonString());
            return true;
        }
        catch (FormatException)
        {
            format = default;
            return false;
        }
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
            if (!decodes(row, format)) Report($"The crop of {Show(row.Key)} does not decode to {row.Width} x {row.Height} pixels.");
            Once(row.Key, Report);
        }

        try
        {
            var read = await new ShardCheck(root).ReadAsync(stated.Fingerprint, stated.List, Row, key => Once(key, Report), cancellation).ConfigureAwait(false);
            if (read is null) Report("The shard is missing.");
            else Compare(stated, read, Report);
        }
        catch (EyeSlotsException error) when (error.Code == ErrorCodes.DatasetDamaged)
        {
            Report(error.Message);
        }

        return problems;
    }

    private static void Compare(ShardResult stated, ShardResult read, Action<string> report)
    {
        if (stated.Bytes != read.Bytes || stated.Sha256 != read.Sha256) report("The shard's bytes are not those of the manifest.");
        if (stated.Rows != read.Rows || stated.Rejected != read.Rejected || stated.Faces != read.Faces) report("The shard's counts are not those of the manifest.");
        if (stated.FaceKeysSha256 != read.FaceKeysSha256) report("The shard's face keys are not those of the manifest.");
        if (stated.QuarantineBytes != read.QuarantineBytes || stated.QuarantineSha256 != read.QuarantineSha256) report("The quarantine file is not that of the manifest.");
    }

    // 128 bits of a hash for each face: a million faces take 32 MB.
    private void Once(in FaceKey key, Action<string> report)
    {
        var hash = BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(key.ToUtf8()));
        bool isNew;
        lock (adding) isNew = seen.Add(hash);
        if (!isNew) report($"The face {Show(key)} is there more than once.");
    }

    private static string Show(in FaceKey key) => $"{key.List}: {key.ImagePath} #{key.FaceIndex}";
}
