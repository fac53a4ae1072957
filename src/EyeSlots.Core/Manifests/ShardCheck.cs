using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Manifests;

/// <summary>Reads a shard and its quarantine file whole and says what they are.</summary>
/// <param name="root">The dataset root.</param>
public sealed class ShardCheck(IObjectStore root)
{
    /// <summary>Reads both files of a fingerprint that no manifest names, and computes what one would say of them.</summary>
    /// <param name="fingerprint">Names both files.</param>
    /// <param name="list">The list that the shard must hold.</param>
    /// <param name="cancellation">Stops the read.</param>
    /// <returns>Null when the shard is not there.</returns>
    /// <exception cref="EyeSlotsException">A file is damaged, or the two do not belong together: dataset-damaged.</exception>
    public async Task<ShardResult?> ReadAsync(string fingerprint, string list, CancellationToken cancellation = default)
    {
        var shard = await LoadAsync(ShardLayout.ShardKey(fingerprint), cancellation).ConfigureAwait(false);
        if (shard is not { } bytes) return null;
        var reader = ShardReader.Open(bytes, Name(fingerprint));
        var keys = Keys(reader, fingerprint, list, null);
        var metadata = reader.Metadata;
        var quarantine = metadata.Rejected == 0 ? default : await LoadAsync(ShardLayout.QuarantineKey(fingerprint), cancellation).ConfigureAwait(false);
        Demand(metadata.Rejected == 0 || quarantine is not null, fingerprint, "its quarantine file is missing");
        var rejected = quarantine is { } file ? QuarantineReader.Read(file, PublishedFile.Name(root, ShardLayout.QuarantineKey(fingerprint))) : [];
        return Describe(bytes, quarantine ?? default, metadata, list, keys, rejected);
    }

    /// <summary>Likewise, where only intact files count.</summary>
    /// <returns>Null when the shard is not there, or something about the two files is off.</returns>
    public async Task<ShardResult?> TryReadAsync(string fingerprint, string list, CancellationToken cancellation = default)
    {
        try
        {
            return await ReadAsync(fingerprint, list, cancellation).ConfigureAwait(false);
        }
        catch (EyeSlotsException error) when (error.Code == ErrorCodes.DatasetDamaged)
        {
            return null;
        }
    }

    /// <summary>Reads both files that a manifest states. Their hashes are compared before anything else looks at them.</summary>
    /// <param name="stated">The manifest's entry.</param>
    /// <param name="eachRow">Called for every row.</param>
    /// <param name="eachReject">Called for every row of the quarantine.</param>
    /// <param name="cancellation">Stops the read.</param>
    /// <returns>What they are.</returns>
    /// <exception cref="EyeSlotsException">A file is missing, is not what is stated, or is damaged all the same: dataset-damaged.</exception>
    public async Task<ShardResult> ReadAsync(
        ShardResult stated, Action<ShardRow> eachRow, Action<FaceKey> eachReject, CancellationToken cancellation = default)
    {
        var (fingerprint, key) = (stated.Fingerprint, ShardLayout.QuarantineKey(stated.Fingerprint));
        var shard = await PublishedFile.ReadAsync(root, ShardLayout.ShardKey(fingerprint), stated.Bytes, stated.Sha256, cancellation).ConfigureAwait(false);
        var quarantine = stated.Rejected == 0
            ? default
            : await PublishedFile.ReadAsync(root, key, stated.QuarantineBytes, stated.QuarantineSha256, cancellation).ConfigureAwait(false);
        var reader = ShardReader.Open(shard, Name(fingerprint));
        var keys = Keys(reader, fingerprint, stated.List, eachRow);
        var rejected = stated.Rejected == 0 ? [] : QuarantineReader.Read(quarantine, PublishedFile.Name(root, key));
        foreach (var row in rejected) eachReject(row.Key);
        return Describe(shard, quarantine, reader.Metadata, stated.List, keys, rejected);
    }

    private string Name(string fingerprint) => PublishedFile.Name(root, ShardLayout.ShardKey(fingerprint));

    private void Demand(bool holds, string fingerprint, string what)
    {
        if (!holds) throw DamagedFile.Of(Name(fingerprint), what);
    }

    private List<FaceKey> Keys(ShardReader reader, string fingerprint, string list, Action<ShardRow>? eachRow)
    {
        Demand(reader.Metadata.Fingerprint == fingerprint, fingerprint, "its footer names another fingerprint");
        List<FaceKey> keys = [];
        foreach (var row in reader.Rows())
        {
            Demand(row.Key.List == list, fingerprint, $"it holds a row of list '{row.Key.List}'");
            eachRow?.Invoke(row);
            keys.Add(row.Key);
        }

        Demand(keys.Count == reader.Metadata.Rows, fingerprint, "its footer states another number of rows");
        return keys;
    }

    private ShardResult Describe(
        ReadOnlyMemory<byte> shard, ReadOnlyMemory<byte> quarantine, ShardMetadata metadata, string list, List<FaceKey> keys, IReadOnlyList<QuarantineRow> rejected)
    {
        var hash = quarantine.IsEmpty ? "" : ShardBuilder.Hash(quarantine);
        Demand(hash == metadata.QuarantineSha256, metadata.Fingerprint, "its quarantine file has another hash");
        Demand(rejected.Count == metadata.Rejected, metadata.Fingerprint, "its quarantine file has another number of rows");
        return new()
        {
            Fingerprint = metadata.Fingerprint, List = list, Faces = keys.Count + rejected.Count, Rows = keys.Count, Rejected = rejected.Count,
            RejectedByCode = ShardBuilder.CountByCode(rejected), Bytes = shard.Length, Sha256 = ShardBuilder.Hash(shard),
            FaceKeysSha256 = ShardBuilder.HashKeys(keys), QuarantineBytes = quarantine.Length, QuarantineSha256 = hash,
        };
    }

    private async Task<ReadOnlyMemory<byte>?> LoadAsync(string key, CancellationToken cancellation)
    {
        var buffer = new ByteBuffer();
        var outcome = await root.ReadAsync(key, null, buffer, PublishedFile.MostBytes, cancellation).ConfigureAwait(false);
        return outcome switch
        {
            ReadOutcome.Read => buffer.Memory,
            ReadOutcome.TooLarge => throw DamagedFile.Of(PublishedFile.Name(root, key), "it is larger than any file of ours"),
            _ => null,
        };
    }
}
