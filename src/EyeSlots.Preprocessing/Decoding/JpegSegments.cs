using System.Buffers.Binary;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>
/// Walks the markers of a JPEG (ITU-T T.81, annex B) as libjpeg does: bytes between segments, fill bytes, stuffed zeros, restart
/// markers and with them whole scans are passed over, and a comment or application segment whose length is less than the two bytes
/// it stands in is empty. No segment reaches beyond the file.
/// </summary>
/// <param name="file">The whole file; the walk begins behind its first marker.</param>
internal ref struct JpegSegments(ReadOnlySpan<byte> file)
{
    public const byte Start = 0xD8, End = 0xD9, Scan = 0xDA;
    private const int LengthBytes = 2;

    private readonly ReadOnlySpan<byte> file = file;
    private int at = 2;

    /// <summary>The marker's second byte.</summary>
    public byte Marker { get; private set; }

    /// <summary>What stands in the segment behind its length; empty for markers that stand alone.</summary>
    public ReadOnlySpan<byte> Body { get; private set; }

    /// <summary>Why the walk cannot go on, once <see cref="MoveNext"/> has returned false.</summary>
    public string? Why { get; private set; }

    /// <summary>Goes to the next marker.</summary>
    /// <returns>False where there is none, or a segment that does not lie within the file.</returns>
    public bool MoveNext()
    {
        do
        {
            if (!FindMarker()) return Refuse("it ends before its pixels do");
        }
        while (Marker is 0x00 or 0x01 or (>= 0xD0 and <= 0xD7));
        Body = default;
        return Marker is Start or End || TakeBody();
    }

    private bool FindMarker()
    {
        var prefix = file[at..].IndexOf((byte)0xFF);
        if (prefix < 0) return false;
        at += prefix;
        while (at < file.Length && file[at] == 0xFF) at++;
        if (at == file.Length) return false;
        Marker = file[at++];
        return true;
    }

    private bool TakeBody()
    {
        if (file.Length - at < LengthBytes) return Refuse($"segment {Marker:X2} has no length");
        int length = BinaryPrimitives.ReadUInt16BigEndian(file[at..]);
        if (length < LengthBytes && !IsSkipped) return Refuse($"segment {Marker:X2} has a length of {length}");
        length = Math.Max(length, LengthBytes);
        if (length > file.Length - at) return Refuse($"segment {Marker:X2} of {length} bytes ends {length - (file.Length - at)} bytes behind the file");
        Body = file[(at + LengthBytes)..(at + length)];
        at += length;
        return true;
    }

    // APPn, COM, DNL: whatever they say, pixels do not depend on it, apart from the colours that APP0 and APP14 name.
    private readonly bool IsSkipped => Marker is (>= 0xE0 and <= 0xEF) or 0xFE or 0xDC;

    private bool Refuse(string why)
    {
        Why = why;
        return false;
    }
}
