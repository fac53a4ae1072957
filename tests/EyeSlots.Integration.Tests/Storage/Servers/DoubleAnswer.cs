using System.Globalization;
using System.Text;

namespace EyeSlots.Integration.Tests.Storage.Servers;

/// <summary>Writes one answer of a <see cref="ListingDouble"/> after the other into one buffer.</summary>
internal sealed class DoubleAnswer(ListingDouble server)
{
    private const string Time = "2026-01-02T03:04:05.000Z", HttpTime = "Fri, 02 Jan 2026 03:04:05 GMT";
    private const int HeadRoom = 256;
    private byte[] bytes = new byte[64 << 10];
    private int length;

    public bool IsHead { get; private set; }

    public bool IsPage { get; private set; }

    public int KeysOfPage { get; private set; }

    /// <summary>The answer to a request, good until the next.</summary>
    public ReadOnlyMemory<byte> To(ReadOnlySpan<byte> requestLine)
    {
        var parts = Encoding.ASCII.GetString(requestLine).Split(' ');
        var (path, query) = parts[1].Split('?', 2) is [var before, var behind] ? (before, behind) : (parts[1], "");
        (IsHead, IsPage, length) = (parts[0] == "HEAD", query.Contains("list-type=2", StringComparison.Ordinal), HeadRoom);
        if (IsPage) return Page(query.Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[^1])));
        return Photograph(Uri.UnescapeDataString(path[(path.IndexOf('/', 1) + 1)..]));
    }

    private ReadOnlyMemory<byte> Photograph(string key)
    {
        var index = server.Keys.IndexOf(Encoding.UTF8.GetBytes(key));
        if (index < 0)
        {
            if (!IsHead) Add("<Error><Code>NoSuchKey</Code><Message>There is none.</Message></Error>");
            return Finish("404 Not Found", "Content-Type: application/xml", length - HeadRoom);
        }

        if (!IsHead) Add(server.Photograph);
        return Finish("200 OK", $"ETag: \"{ETag(index)}\"\r\nLast-Modified: {HttpTime}\r\nContent-Type: image/jpeg", server.Photograph.Length);
    }

    private ReadOnlyMemory<byte> Page(Dictionary<string, string> query)
    {
        var prefix = Encoding.UTF8.GetBytes(query.GetValueOrDefault("prefix", ""));
        var at = server.Keys.FirstFrom(prefix, behind: false);
        if (query.TryGetValue("start-after", out var start) && !server.IgnoresStart) at = Math.Max(at, server.Keys.FirstFrom(Encoding.UTF8.GetBytes(start), behind: true));
        if (query.TryGetValue("continuation-token", out var token)) at = int.Parse(token, CultureInfo.InvariantCulture);
        var end = EndOf(prefix, at);
        var until = Math.Min(end, at + int.Parse(query.GetValueOrDefault("max-keys", "1000"), CultureInfo.InvariantCulture));
        KeysOfPage = until - at;
        Add("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>photographs</Name>");
        if (until < end) Add($"<NextContinuationToken>{until}</NextContinuationToken>");
        Add($"<KeyCount>{KeysOfPage}</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>{(until < end ? "true" : "false")}</IsTruncated>");
        for (; at < until; at++) AddObject(at);
        Add("</ListBucketResult>");
        return Finish("200 OK", "Content-Type: application/xml", length - HeadRoom);
    }

    // Keys of one prefix lie together, up to those behind the last text that begins with it.
    private int EndOf(byte[] prefix, int from) => prefix.Length == 0 ? server.Keys.Count : Math.Max(from, server.Keys.FirstFrom([.. prefix, 0xFF], behind: false));

    private void AddObject(int index)
    {
        Reserve(1024);
        Add("<Contents><Key>"u8);
        length += server.Keys.Write(index, bytes.AsSpan(length));
        Add("</Key><LastModified>"u8);
        Add(Time);
        Add("</LastModified><ETag>&quot;"u8);
        Add(ETag(index));
        Add("&quot;</ETag><ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType><Size>"u8);
        server.Photograph.Length.TryFormat(bytes.AsSpan(length), out var digits, default, CultureInfo.InvariantCulture);
        length += digits;
        Add("</Size><StorageClass>STANDARD</StorageClass></Contents>"u8);
    }

    private static string ETag(int index) => new UInt128((ulong)index * 0x9E3779B97F4A7C15, (ulong)index * 0xC2B2AE3D27D4EB4F).ToString("x32", CultureInfo.InvariantCulture);

    // The head goes before the body once its length is known.
    private ReadOnlyMemory<byte> Finish(string status, string headers, int bodyLength)
    {
        var head = Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{headers}\r\nContent-Length: {bodyLength}\r\n\r\n");
        head.CopyTo(bytes, HeadRoom - head.Length);
        return bytes.AsMemory(HeadRoom - head.Length, length - HeadRoom + head.Length);
    }

    private void Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    private void Add(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        text.CopyTo(bytes.AsSpan(length));
        length += text.Length;
    }

    private void Reserve(int more)
    {
        if (length + more > bytes.Length) Array.Resize(ref bytes, Math.Max(bytes.Length * 2, length + more));
    }
}
