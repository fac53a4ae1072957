using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;

namespace EyeSlots.Core.Planning;

/// <summary>
/// A face in the spool: digest of the annotation, path, then what <see cref="FaceCodec"/> writes. The digest covers all of that, and what
/// only it holds: all 68 landmarks as read, or the raw text of a damaged row.
/// </summary>
internal static class FaceRecord
{
    /// <summary>Bytes of an annotation's digest, at the start of each record.</summary>
    public const int DigestBytes = SHA256.HashSizeInBytes;

    private static readonly byte[] NoDigest = new byte[DigestBytes];

    /// <summary>Appends the record of a row.</summary>
    public static void Write(AnnotationRow row, PackedWriter records)
    {
        var start = records.Count;
        Span<double> eyes = stackalloc double[row.Defect is null ? EyeLandmarks.Coordinates : 0];
        if (row.Defect is null) EyeLandmarks.Select(row.Landmarks, eyes);
        records.Bytes(NoDigest);
        records.Text(row.ImagePath);
        FaceCodec.WriteAnnotation(records, row.Defect, (row.Expression, row.Valence, row.Arousal), eyes);
        var end = records.Count;
        if (row.Defect is null) records.Bytes(MemoryMarshal.AsBytes<double>(row.Landmarks));
        else records.Text(row.RawText);
        var record = records.Written[start..];
        SHA256.HashData(record[DigestBytes..], record);
        records.Shorten(end);
    }

    /// <summary>Reads a face back.</summary>
    public static SliceFace Read(ReadOnlySpan<byte> record, string list, int faceIndex, ImageIdentity image)
    {
        var reader = new PackedReader(record[DigestBytes..]);
        return FaceCodec.ReadAnnotation(ref reader, new(list, reader.Text(), faceIndex), image);
    }

    /// <summary>The image path of a record, null where the row itself cannot be read, and whether its image will be read.</summary>
    public static (string? Path, bool IsSound) PathOf(ReadOnlySpan<byte> record)
    {
        var reader = new PackedReader(record[DigestBytes..]);
        var path = reader.Text();
        var defect = FaceCodec.PeekDefect(reader);
        return (defect == RejectCode.AnnotationInvalid ? null : path, defect is null);
    }
}
