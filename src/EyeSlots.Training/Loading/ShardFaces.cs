using System.Buffers;
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

    /// <summary>Collects the labelled rows of a shard that was opened for its labels.</summary>
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
    public FaceKey Key(int at) => new(Shard.List, Encoding.UTF8.GetString(PathOf(at)), indices[at]);

    /// <summary>The labels of a face.</summary>
    public FaceLabels Labels(int at) => new(Valence[at], Arousal[at], expressions[at] == LabelledRows.NoExpression ? null : expressions[at]);

    /// <summary>Whether a shard that was read whole says the same of each face. Makes no keys, since this is asked for each shard of each epoch.</summary>
    public bool AreIn(ShardReader whole)
    {
        var (at, row, path) = (0, 0, new ArrayBufferWriter<byte>(1 << 8));
        foreach (var group in whole.RowGroups)
        {
            var (lists, paths, faces) = (group.Read(ShardColumns.List), group.Read(ShardColumns.ImagePath), group.Read(ShardColumns.FaceIndex));
            var (given, valences, arousals) = (group.Read(ShardColumns.Expression), group.Read(ShardColumns.Valence), group.Read(ShardColumns.Arousal));
            for (var i = 0; i < group.RowCount; i++, row++)
            {
                if (valences[i] is not { } valence || arousals[i] is not { } arousal) continue;
                path.ResetWrittenCount();
                Encoding.UTF8.GetBytes(paths[i], path);
                if (at == Count || Rows[at] != row || Labels(at) != new FaceLabels(valence, arousal, given[i])) return false;
                if (lists[i] != Shard.List || faces[i] != indices[at] || !path.WrittenSpan.SequenceEqual(PathOf(at))) return false;
                at++;
            }
        }

        return at == Count && row == Shard.Rows;
    }

    private ReadOnlySpan<byte> PathOf(int at)
    {
        var start = at == 0 ? 0 : pathEnds[at - 1];
        return paths.AsSpan(start, pathEnds[at] - start);
    }
}
