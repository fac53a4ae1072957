using System.Globalization;
using Amazon.Runtime;

namespace EyeSlots.Storage.S3.Gets;

/// <summary>The head of a server's answer to a GET, and its body still to be read. One that is abandoned is drained, where little is left of it, so that its connection serves again.</summary>
/// <param name="owner">Ends the answer.</param>
/// <param name="body">The body.</param>
/// <param name="length">Bytes of the body, as announced.</param>
/// <param name="version">The object's version.</param>
internal sealed class GetAnswer(IDisposable owner, Stream body, long length, string version) : IDisposable
{
    private static readonly byte[] Beyond = new byte[1];

    /// <summary>Bytes of the body, as announced.</summary>
    public long Length => length;

    /// <summary>Of a part, the header Content-Range; null where the body is the whole object.</summary>
    public string? Range { get; init; }

    /// <summary>What the body is compared with, or null.</summary>
    public ContentChecksum? Checksum { get; init; }

    /// <summary>Whether it is of the content that was planned. Some servers ignore If-Match, and files without an ETag have only their time.</summary>
    /// <exception cref="IOException">It is a part and does not say of how much.</exception>
    public bool IsOf(in ObjectStat planned) => Whole() == planned.Size && S3Version.Same(planned.Version, version);

    /// <summary>Reads the whole body.</summary>
    /// <param name="room">Receives it: as long as it was announced.</param>
    /// <param name="attempt">Told of each arrival.</param>
    /// <exception cref="IOException">The body is shorter or longer, or other than its checksum says.</exception>
    public async ValueTask FillAsync(Memory<byte> room, S3Attempt attempt)
    {
        try
        {
            for (var rest = room; rest.Length > 0;)
            {
                var count = await body.ReadAsync(rest, attempt.Token).ConfigureAwait(false);
                if (count == 0) throw new EndOfStreamException("the body is shorter than announced");
                rest = rest[count..];
                attempt.Progress();
            }

            // The SDK compares checksums when it sees the end.
            if (await body.ReadAsync(Beyond, attempt.Token).ConfigureAwait(false) != 0) throw new IOException("the body is longer than announced");
        }
        catch (AmazonClientException error)
        {
            throw new IOException("the body does not match its checksum", error);
        }

        if (Checksum is { } sum && !sum.IsOf(room.Span)) throw new IOException("the body does not match its checksum");
    }

    /// <inheritdoc/>
    public void Dispose() => owner.Dispose();

    // Content-Range: bytes 0-499/1234
    private long Whole()
    {
        if (Range is null) return length;
        return long.TryParse(Range.AsSpan(Range.LastIndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
            ? whole
            : throw new IOException("the answer does not say of how much it is a part");
    }
}
