using EyeSlots.Core.Annotations;

namespace EyeSlots.Core.Planning.Remote;

/// <summary>
/// A slice as bytes, about 160 for each face. Version 1: list, fingerprint, count, then the faces, of which each says by its flags
/// what follows. Landmarks that are hundredths of a pixel, as AffectNet's are, travel as whole numbers beside the one before.
/// </summary>
public static class SliceBytes
{
    private const byte Version = 1;

    /// <summary>Fewest bytes of a face; bounds the count by what came.</summary>
    private const int LeastFaceBytes = 4;

    [Flags]
    private enum Has
    {
        Expression = 1,
        Valence = 2,
        Arousal = 4,
        Defect = 8,
        Image = 16,
        SamePath = 32,
        ImageBelowPrefix = 64,
    }

    /// <summary>Writes a slice.</summary>
    public static byte[] Write(Slice slice)
    {
        var writer = new PackedWriter();
        writer.Number(Version);
        writer.Text(slice.List);
        writer.Text(slice.Fingerprint);
        writer.Number((ulong)slice.Faces.Count);
        var before = "";
        foreach (var face in slice.Faces)
        {
            Write(writer, face, before);
            before = face.Key.ImagePath;
        }

        return writer.ToArray();
    }

    /// <summary>Reads a slice.</summary>
    /// <exception cref="FormatException">These are no bytes of this version's slice; nothing large was allocated for them.</exception>
    public static Slice Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PackedReader(bytes);
        var version = reader.Number();
        if (version != Version) throw new FormatException($"The slice has the version {version}; this program reads {Version}. Driver and worker must be of one release.");
        var (list, fingerprint, count) = (reader.Text(), reader.Text(), reader.Number());
        if (count > (ulong)(reader.Left / LeastFaceBytes)) throw new FormatException($"The slice claims {count} faces in {reader.Left} bytes.");
        var faces = new SliceFace[(int)count];
        var before = "";
        for (var i = 0; i < faces.Length; i++)
        {
            faces[i] = Read(ref reader, list, before);
            before = faces[i].Key.ImagePath;
        }

        return reader.Left == 0 ? new(list, fingerprint, faces) : throw new FormatException($"{reader.Left} bytes follow the slice.");
    }

    private static void Write(PackedWriter writer, SliceFace face, string before)
    {
        var path = face.Key.ImagePath;
        var below = path.Length > 0 && face.Image.Path.EndsWith(path, StringComparison.Ordinal);
        writer.Number((ulong)(
            (face.Expression is null ? 0 : Has.Expression) | (face.Valence is null ? 0 : Has.Valence) | (face.Arousal is null ? 0 : Has.Arousal) |
            (face.Defect is null ? 0 : Has.Defect) | (face.Image == ImageIdentity.Absent ? 0 : Has.Image) |
            (path == before ? Has.SamePath : 0) | (below ? Has.ImageBelowPrefix : 0)));
        if (path != before) writer.Text(path);
        writer.Signed(face.Key.FaceIndex);
        if (face.Expression is { } expression) writer.Signed(expression);
        if (face.Valence is { } valence) writer.Single(valence);
        if (face.Arousal is { } arousal) writer.Single(arousal);
        if (face.Defect is { } defect)
        {
            writer.Text(defect.Code.Text());
            writer.Text(defect.Detail);
        }

        if (face.Image != ImageIdentity.Absent)
        {
            writer.Text(below ? face.Image.Path[..^path.Length] : face.Image.Path);
            writer.Signed(face.Image.Size);
            writer.Text(face.Image.Version);
        }

        EyeBytes.Write(writer, face.Eyes);
    }

    private static SliceFace Read(ref PackedReader reader, string list, string before)
    {
        var has = (Has)reader.Number();
        var path = has.HasFlag(Has.SamePath) ? before : reader.Text();
        var index = reader.Int32();
        int? expression = has.HasFlag(Has.Expression) ? reader.Int32() : null;
        float? valence = has.HasFlag(Has.Valence) ? reader.Single() : null;
        float? arousal = has.HasFlag(Has.Arousal) ? reader.Single() : null;
        return new()
        {
            Key = new(list, path, index),
            Expression = expression,
            Valence = valence,
            Arousal = arousal,
            Defect = has.HasFlag(Has.Defect) ? new(RejectCodes.Parse(reader.Text()), reader.Text()) : null,
            Image = has.HasFlag(Has.Image) ? Image(ref reader, has.HasFlag(Has.ImageBelowPrefix) ? path : "") : ImageIdentity.Absent,
            Eyes = EyeBytes.Read(ref reader),
        };
    }

    private static ImageIdentity Image(ref PackedReader reader, string path) => new(reader.Text() + path, reader.Signed(), reader.Text());
}
