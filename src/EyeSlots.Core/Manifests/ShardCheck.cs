using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Manifests;

/// <summary>Reads a shard and its quarantine file whole and says what they are.</summary>
/// <param name="root">The dataset root.</param>
public sealed class ShardCheck(IObjectStore root)
{
    /// <summary>Reads both files of a fingerprint and computes what a manifest would say of them.</summary>
    /// <param name="fingerprint">Names both files.</param>
    /// <param name="list">The list that the shard must hold.</param>
    /// <param name="eachRow">Called for every row; null when only the files matter.</param>
    /// <param name="eachReject">Called for every row of the quarantine.</param>
    /// <param name="cancellation">Stops the read.</param>
    /// <returns>Null when the shard is not there.</returns>
    /// <exception cref="EyeSlotsException">A file is damaged, or the two do not belong together: dataset-damaged.</exception>
    public async Task<ShardResult?> ReadAsync(
        string fingerprint, string list, Action<ShardRow>? eachRow, Action<FaceKey>? eachReject, CancellationToken cancellation = default)
    {
        var (shard, quarantine) = (new ByteBuffer(), new ByteBuffer());
        if (!await LoadAsync(ShardLayout.ShardKey(fingerprint), shard, cancellation).ConfigureAwait(false)) return null;
        await using var reader = await ShardReader.OpenAsync(shard.Memory).ConfigureAwait(false);
        var metadata = reader.Metadata;
        Demand(metadata.Fingerprint == fingerprint, "its footer names another fingerprint");
        List<ShardRow> rows = [];
        await foreach (var row in reader.RowsAsync(cancellation).ConfigureAwait(false))
        {
            Demand(row.Key.List == list, $"it holds a row of list '{row.Key.List}'");
            eachRow?.Invoke(row);
            rows.Add(row with { Slot = [] });
        }

        Demand(rows.Count == metadata.Rows, "its footer states another number of rows");
        var rejected = await ReadQuarantineAsync(metadata, quarantine, cancellation).ConfigureAwait(false);
        foreach (var row in rejected) eachReject?.Invoke(row.Key);
        return new()
        {
            Fingerprint = fingerprint, List = list, Faces = rows.Count + rejected.Count, Rows = rows.Count, Rejected = rejected.Count,
            RejectedByCode = ShardBuilder.CountByCode(rejected), Bytes = shard.Length, Sha256 = ShardBuilder.Hash(shard.Memory),
            FaceKeysSha256 = ShardBuilder.HashKeys(rows), QuarantineBytes = quarantine.Length, QuarantineSha256 = metadata.QuarantineSha256,
        };
    }

    private static void Demand(bool holds, string what)
    {
        if (!holds) throw new EyeSlotsException(ErrorCodes.DatasetDamaged, $"The shard is damaged: {what}.");
    }

    private async Task<IReadOnlyList<QuarantineRow>> ReadQuarantineAsync(ShardMetadata metadata, ByteBuffer buffer, CancellationToken cancellation)
    {
        if (metadata.Rejected == 0) return [];
        var there = await LoadAsync(ShardLayout.QuarantineKey(metadata.Fingerprint), buffer, cancellation).ConfigureAwait(false);
        Demand(there, "its quarantine file is missing");
        Demand(ShardBuilder.Hash(buffer.Memory) == metadata.QuarantineSha256, "its quarantine file has another hash");
        var rows = await QuarantineReader.ReadAsync(buffer.Memory).ConfigureAwait(false);
        Demand(rows.Count == metadata.Rejected, "its quarantine file has another number of rows");
        return rows;
    }

    private async Task<bool> LoadAsync(string key, ByteBuffer buffer, CancellationToken cancellation) =>
        await root.ReadAsync(key, null, buffer, PublishedFile.MostBytes, cancellation).ConfigureAwait(false) == ReadOutcome.Read;
}
