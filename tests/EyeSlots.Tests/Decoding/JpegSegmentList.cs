using System.Buffers.Binary;

namespace EyeSlots.Tests.Decoding;

/// <summary>A JPEG taken apart up to its first scan, to be put together otherwise.</summary>
internal sealed class JpegSegmentList
{
    private JpegSegmentList(List<(byte Marker, byte[] Body)> segments, byte[] pixels) => (Segments, Pixels) = (segments, pixels);

    /// <summary>Up to and with the first scan's header.</summary>
    public List<(byte Marker, byte[] Body)> Segments { get; }

    /// <summary>All that stands behind the first scan's header, up to the end marker.</summary>
    public byte[] Pixels { get; set; }

    /// <summary>Takes a file apart.</summary>
    public static JpegSegmentList Of(byte[] file)
    {
        List<(byte, byte[])> segments = [];
        var at = 2;
        do
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 2));
            segments.Add((file[at + 1], file[(at + 4)..(at + 2 + length)]));
            at += 2 + length;
        }
        while (segments[^1].Item1 != 0xDA);
        return new(segments, file[at..^2]);
    }

    /// <summary>A segment as it stands in a file.</summary>
    public static byte[] Bytes(byte marker, byte[] body) => [0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];

    /// <summary>The body of the first segment with a marker.</summary>
    public byte[] this[byte marker] => Segments.First(segment => segment.Marker == marker).Body;

    /// <summary>Puts segments before the first one with a marker.</summary>
    public void Insert(byte marker, params (byte Marker, byte[] Body)[] more) => Segments.InsertRange(Segments.FindIndex(segment => segment.Marker == marker), more);

    /// <summary>The file.</summary>
    public byte[] ToArray() => [0xFF, 0xD8, .. Segments.SelectMany(segment => Bytes(segment.Marker, segment.Body)), .. Pixels, 0xFF, 0xD9];
}
