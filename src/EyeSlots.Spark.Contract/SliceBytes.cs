using EyeSlots.Core.Planning;

namespace EyeSlots.Spark.Contract;

/// <summary>
/// A slice as bytes, about 160 for each face. Version 2: list, fingerprint, count, then for each face its key, its image and its
/// annotation as <see cref="FaceCodec"/> writes them. Landmarks that are hundredths of a pixel, as AffectNet's are, travel as whole
/// numbers beside the one before.
/// </summary>
public static class SliceBytes
{
    private const byte Version = 2;

    /// <summary>Fewest bytes of a face; bounds the count by what came.</summary>
    private const int LeastFaceBytes = 1 + FaceCodec.LeastBytes;

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

    // The lowest bit tells that the path is that of the face before.
    private static void Write(PackedWriter writer, SliceFace face, string before)
    {
        var (_, path, index) = face.Key;
        writer.Number(((ulong)(uint)index << 1) | (path == before ? 1u : 0));
        if (path != before) writer.Text(path);
        FaceCodec.WriteImage(writer, face.Image, path);
        FaceCodec.WriteAnnotation(writer, face);
    }

    private static SliceFace Read(ref PackedReader reader, string list, string before)
    {
        var place = reader.Number();
        if (place >> 1 > int.MaxValue) throw new FormatException("A face's index has more than 31 bits.");
        var path = (place & 1) == 1 ? before : reader.Text();
        var image = FaceCodec.ReadImage(ref reader, path);
        return FaceCodec.ReadAnnotation(ref reader, new(list, path, (int)(place >> 1)), image);
    }
}
