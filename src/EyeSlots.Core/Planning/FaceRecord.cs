using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;

namespace EyeSlots.Core.Planning;

/// <summary>
/// A face in the spool: digest of the annotation, labels, defect, path, eye points. The digest covers all 68 landmarks as read, or
/// the raw text of a damaged row; everything is little-endian with lengths in front, so no two annotations share an encoding.
/// </summary>
internal static class FaceRecord
{
    /// <summary>Bytes of an annotation's digest, at the start of each record.</summary>
    public const int DigestBytes = SHA256.HashSizeInBytes;

    private const int NoNumber = -1;

    /// <summary>Writes a row. The buffer is reused from row to row.</summary>
    public static void Write(AnnotationRow row, ArrayBufferWriter<byte> record)
    {
        record.ResetWrittenCount();
        record.Advance(Zero(record.GetSpan(DigestBytes), DigestBytes));
        WriteInt32(record, row.Expression ?? NoNumber);
        WriteFloat(record, row.Valence ?? float.NaN);
        WriteFloat(record, row.Arousal ?? float.NaN);
        WriteInt32(record, row.Defect is { } defect ? (int)defect.Code : NoNumber);
        WriteText(record, row.Defect?.Detail ?? "");
        WriteText(record, row.ImagePath);
        var hashed = record.WrittenCount;
        if (row.Defect is null) record.Write(MemoryMarshal.AsBytes<double>(row.Landmarks));
        else WriteText(record, row.RawText);
        var bytes = MemoryMarshal.AsMemory(record.WrittenMemory).Span;
        SHA256.HashData(bytes[DigestBytes..], bytes);
        Shorten(row, record, hashed);
    }

    /// <summary>Reads a face back.</summary>
    public static SliceFace Read(ReadOnlySpan<byte> record, string list, int faceIndex, ImageIdentity image)
    {
        record = record[DigestBytes..];
        var expression = ReadInt32(ref record);
        var (valence, arousal) = (ReadFloat(ref record), ReadFloat(ref record));
        var code = ReadInt32(ref record);
        var detail = ReadText(ref record);
        var path = ReadText(ref record);
        return new()
        {
            Key = new(list, path, faceIndex),
            Expression = expression == NoNumber ? null : expression,
            Valence = float.IsNaN(valence) ? null : valence,
            Arousal = float.IsNaN(arousal) ? null : arousal,
            Defect = code == NoNumber ? null : new((RejectCode)code, detail),
            Eyes = code == NoNumber ? MemoryMarshal.Cast<byte, double>(record).ToArray() : [],
            Image = image,
        };
    }

    /// <summary>The image path of a record, null where the row itself cannot be read, and whether its image will be read.</summary>
    public static (string? Path, bool IsSound) PathOf(ReadOnlySpan<byte> record)
    {
        record = record[(DigestBytes + sizeof(int) + (2 * sizeof(float)))..];
        var code = ReadInt32(ref record);
        ReadText(ref record);
        return (code == (int)RejectCode.AnnotationInvalid ? null : ReadText(ref record), code == NoNumber);
    }

    // The 68 landmarks, or the raw text, are in the digest; only the eye points stay.
    private static void Shorten(AnnotationRow row, ArrayBufferWriter<byte> record, int hashed)
    {
        var bytes = MemoryMarshal.AsMemory(record.WrittenMemory);
        var kept = row.Defect is null ? EyeLandmarks.Coordinates * sizeof(double) : 0;
        if (kept > 0)
        {
            Span<double> eyes = stackalloc double[EyeLandmarks.Coordinates];
            EyeLandmarks.Select(row.Landmarks, eyes);
            MemoryMarshal.AsBytes(eyes).CopyTo(bytes.Span[hashed..]);
        }

        record.ResetWrittenCount();
        record.Advance(hashed + kept);
    }

    private static int Zero(Span<byte> span, int count)
    {
        span[..count].Clear();
        return count;
    }

    private static void WriteInt32(ArrayBufferWriter<byte> record, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(record.GetSpan(4), value);
        record.Advance(4);
    }

    private static void WriteFloat(ArrayBufferWriter<byte> record, float value) => WriteInt32(record, BitConverter.SingleToInt32Bits(value));

    private static void WriteText(ArrayBufferWriter<byte> record, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        WriteInt32(record, length);
        record.Advance(Encoding.UTF8.GetBytes(text, record.GetSpan(length)));
    }

    private static int ReadInt32(ref ReadOnlySpan<byte> record)
    {
        var value = BinaryPrimitives.ReadInt32LittleEndian(record);
        record = record[4..];
        return value;
    }

    private static float ReadFloat(ref ReadOnlySpan<byte> record) => BitConverter.Int32BitsToSingle(ReadInt32(ref record));

    private static string ReadText(ref ReadOnlySpan<byte> record)
    {
        var length = ReadInt32(ref record);
        var text = Encoding.UTF8.GetString(record[..length]);
        record = record[length..];
        return text;
    }
}
