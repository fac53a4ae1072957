using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Shards;

namespace EyeSlots.Training.Loading;

/// <summary>Collects the labelled rows of a shard's row groups.</summary>
internal sealed class LabelledRows
{
    /// <summary>Stands for an expression that is not known.</summary>
    public const sbyte NoExpression = -1;


    public ArrayBufferWriter<byte> Paths { get; } = new(1 << 12);

    public List<int> PathEnds { get; } = [];

    public List<int> Indices { get; } = [];

    public List<sbyte> Expressions { get; } = [];

    public List<int> Rows { get; } = [];

    public List<float> Valence { get; } = [];

    public List<float> Arousal { get; } = [];

    public List<ulong> KeyHashes { get; } = [];

    /// <summary>Adds a group's labelled rows, of which the first is the given row of the shard; what is wrong with one, or nothing.</summary>
    public string Add(string list, ShardRowGroup group, int firstRow)
    {
        var (lists, paths, faces) = (group.Read(ShardColumns.List), group.Read(ShardColumns.ImagePath), group.Read(ShardColumns.FaceIndex));
        var (expressions, valences, arousals) = (group.Read(ShardColumns.Expression), group.Read(ShardColumns.Valence), group.Read(ShardColumns.Arousal));
        for (var i = 0; i < group.RowCount; i++)
        {
            if (lists[i] != list) return $"it holds a row of list '{lists[i]}'";
            if (faces[i] < 0 || !IsLabel(valences[i]) || !IsLabel(arousals[i]) || expressions[i] is < 0 or > Core.Annotations.Expressions.Last)
                return $"row {firstRow + i} has an index or a label that no face has";
            if (valences[i] is { } valence && arousals[i] is { } arousal)
                AddFace(new(list, paths[i], faces[i]), new(valence, arousal, expressions[i]), firstRow + i);
        }

        return "";
    }

    private void AddFace(in FaceKey key, in FaceLabels labels, int row)
    {
        Encoding.UTF8.GetBytes(key.ImagePath, Paths);
        PathEnds.Add(Paths.WrittenCount);
        Indices.Add(key.FaceIndex);
        Expressions.Add((sbyte?)labels.Expression ?? NoExpression);
        Rows.Add(row);
        Valence.Add(labels.Valence);
        Arousal.Add(labels.Arousal);
        KeyHashes.Add(BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(key.ToUtf8())));
    }

    private static bool IsLabel(float? value) => value is null or (>= -1 and <= 1);
}
