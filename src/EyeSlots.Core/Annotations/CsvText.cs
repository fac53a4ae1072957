using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace EyeSlots.Core.Annotations;

/// <summary>The characters of a CSV list, with what its first line tells of all others.</summary>
/// <param name="Characters">Throws <see cref="DecoderFallbackException"/> where bytes are no text: two paths must not become one.</param>
/// <param name="Delimiter">A comma or a tab.</param>
/// <param name="LineEnd">What ends the first line: a line feed, also behind a carriage return, or a carriage return alone.</param>
internal sealed record CsvText(StreamReader Characters, char Delimiter, char LineEnd)
{
    private const int HeadBytes = 1 << 16;

    /// <summary>Of one read: each is made by another thread, for which this one waits.</summary>
    private const int ReadBytes = 1 << 18;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    /// <summary>In this order: the mark of UTF-32 begins with that of UTF-16. Without a mark, text is UTF-8.</summary>
    private static readonly Encoding[] Marked =
    [
        Utf8, new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true),
        new UTF32Encoding(bigEndian: true, byteOrderMark: true, throwOnInvalidCharacters: true),
        new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
    ];

    /// <summary>Looks at the first line and opens the text from its beginning.</summary>
    /// <exception cref="FormatException">No list begins like this.</exception>
    public static async Task<CsvText> OpenAsync(Stream stream, CancellationToken cancellation)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: ReadBytes));
        var read = await pipe.ReadAtLeastAsync(HeadBytes, cancellation).ConfigureAwait(false);
        var head = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, HeadBytes)).ToArray();
        pipe.AdvanceTo(read.Buffer.Start);
        var encoding = Array.Find(Marked, encoding => head.AsSpan().StartsWith(encoding.Preamble)) ?? Utf8;
        var (line, end) = FirstLine(Lenient(encoding).GetString(head));
        if (end == '\0' && head.Length == HeadBytes) throw new FormatException($"its first line does not end within {HeadBytes >> 10} KB");
        var characters = new StreamReader(pipe.AsStream(), encoding, detectEncodingFromByteOrderMarks: false, HeadBytes);
        return new(characters, DelimiterOf(line), end == '\r' ? '\r' : '\n');
    }

    // The head may end inside of a character; the text itself is judged as it is read.
    private static Encoding Lenient(Encoding encoding) =>
        Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback);

    private static (string Line, char End) FirstLine(string head)
    {
        var at = head.AsSpan().IndexOfAny('\r', '\n');
        if (at < 0) return (head, '\0');
        var end = head[at] == '\r' && at + 1 < head.Length && head[at + 1] == '\n' ? '\n' : head[at];
        return (head[..at], end);
    }

    private static char DelimiterOf(string line)
    {
        if (line.Contains('\0')) throw new FormatException("it holds NUL characters; if it is UTF-16 without a byte order mark, save it as UTF-8");
        var (commas, tabs) = (line.AsSpan().Count(','), line.AsSpan().Count('\t'));
        if (tabs > commas) return '\t';
        return commas == 0 && line.Contains(';') && line.Contains(CsvColumns.PathName, StringComparison.OrdinalIgnoreCase)
            ? throw new FormatException("semicolons separate its columns, and stand between landmarks too; save it with commas or tabs, and with points in numbers")
            : ',';
    }
}
