using System.Text;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;

namespace EyeSlots.Training.Loading;

/// <summary>
/// The labelled rows of one shard, column by column: 29 bytes and the path for each face, so that a million faces fit into some 70 MB.
/// </summary>
internal sealed class ShardFaces
{
    private readonly byte[] paths;
    private readonly int[] pathEnds;
    private readonly int[] indices;
    private readonly sbyte[] expressions;

    private ShardFaces(ShardResult shard, LabelledRows rows)
    {
        Shard = shard;
        paths = rows.Paths.WrittenSpan.ToArray();
        (pathEnds, indices, expressions) = ([.. rows.PathEnds], [.. rows.Indices], [.. rows.Expressions]);
        (Rows, Valence, Arousal, KeyHashes) = ([.. rows.Rows], [.. rows.Valence], [.. rows.Arousal], [.. rows.KeyHashes]);
    }

    /// <summary>The manifest's entry.</summary>
    public ShardResult Shard { get; }

    /// <summary>Labelled rows.</summary>
    public int Count => Rows.Length;

    /// <summary>Which row of the shard each face is.</summary>
    public int[] Rows { get; }

    /// <summary>-1 to 1.</summary>
    public float[] Valence { get; }

    /// <summary>-1 to 1.</summary>
    public float[] Arousal { get; }

    /// <summary>64 bits of each face key's SHA-256.</summary>
    public ulong[] KeyHashes { get; }

    /// <summary>Collects the labelled rows of a shard that was opened for its labels, or whole.</summary>
    /// <returns>Null, with why, where a value is one that no row of ours has.</returns>
    public static ShardFaces? TryRead(ShardResult shard, ShardReader reader, out string why)
    {
        var rows = new LabelledRows();
        var row = 0;
        foreach (var group in reader.RowGroups)
        {
            why = rows.Add(shard.List, group, row);
            if (why.Length > 0) return null;
            row += group.RowCount;
        }

        why = row == shard.Rows ? "" : $"it has {row} rows, and the manifest states {shard.Rows}";
        return why.Length == 0 ? new(shard, rows) : null;
    }

    /// <summary>Names a face.</summary>
    public FaceKey Key(int at)
    {
        var start = at == 0 ? 0 : pathEnds[at - 1];
        return new(Shard.List, Encoding.UTF8.GetString(paths, start, pathEnds[at] - start), indices[at]);
    }

    /// <summary>The labels of a face.</summary>
    public FaceLabels Labels(int at) => new(Valence[at], Arousal[at], expressions[at] == LabelledRows.NoExpression ? null : expressions[at]);

    /// <summary>Whether both say the same of each face.</summary>
    public bool SameAs(ShardFaces other) =>
        Rows.AsSpan().SequenceEqual(other.Rows) && Valence.AsSpan().SequenceEqual(other.Valence) && Arousal.AsSpan().SequenceEqual(other.Arousal) &&
        expressions.AsSpan().SequenceEqual(other.expressions) && KeyHashes.AsSpan().SequenceEqual(other.KeyHashes);
}
