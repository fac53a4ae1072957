namespace EyeSlots.Preprocessing.Decoding;

/// <summary>
/// Walks a JPEG to its first scan, and where there are several, which the decoder must read whole, to its end: what libjpeg would
/// refuse or what would lie beyond the file is found before it sees a byte.
/// </summary>
internal static class JpegHeader
{
    /// <summary>Reads the header.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="header">Size and cost of decoding.</param>
    /// <returns>Null, or what is wrong.</returns>
    public static string? Read(ReadOnlySpan<byte> file, out ImageHeader header)
    {
        header = default;
        var segments = new JpegSegments(file);
        JpegFrame? frame = null;
        while (segments.MoveNext())
        {
            if (segments.Marker == JpegSegments.Scan) return Finish(ref segments, frame, out header);
            if (segments.Marker is JpegSegments.Start or JpegSegments.End) return "it has no pixels";
            if (!JpegFrame.IsFrame(segments.Marker)) continue;
            if (frame is not null) return "it has two frame headers";
            if (JpegFrame.Read(segments.Marker, segments.Body, out var read) is { } why) return why;
            frame = read;
        }

        return segments.Why;
    }

    private static string? Finish(ref JpegSegments segments, JpegFrame? found, out ImageHeader header)
    {
        header = default;
        if (found is not { } frame) return "its pixels have no frame header";
        if (!IsScan(segments.Body)) return "its scan header has a wrong length";
        var several = frame.IsProgressive || segments.Body[0] < frame.Components;
        header = new(ImageFormat.Jpeg, frame.Width, frame.Height)
        {
            Components = frame.Components, HasSeveralScans = several, CoefficientBytes = frame.CoefficientBytes,
        };
        return several ? WalkScans(ref segments) : null;
    }

    private static string? WalkScans(ref JpegSegments segments)
    {
        for (var scans = 1; segments.MoveNext() && segments.Marker != JpegSegments.End;)
        {
            if (segments.Marker == JpegSegments.Start || JpegFrame.IsFrame(segments.Marker)) return "a second image begins within it";
            if (segments.Marker != JpegSegments.Scan) continue;
            if (!IsScan(segments.Body)) return "its scan header has a wrong length";
            if (++scans > RegionDecoder.MostScans) return $"it has more than {RegionDecoder.MostScans} scans";
        }

        return segments.Why;
    }

    // One to four components, two bytes each, and three more.
    private static bool IsScan(ReadOnlySpan<byte> body) => body.Length > 0 && body[0] is >= 1 and <= 4 && body.Length == 4 + (2 * body[0]);
}
