using System.Buffers.Text;

namespace EyeSlots.Integration.Tests.Storage.Servers;

/// <summary>What is asked of an S3 server.</summary>
internal enum CallKind
{
    Get,
    List,
    Head,
    Put,
    Other,
}

/// <summary>As much of a request's head as is needed to count it and to know where the request ends.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="IsImage">Whether a GET is of an image.</param>
/// <param name="Length">Bytes of the head.</param>
/// <param name="BodyLength">Bytes of the body behind it.</param>
internal readonly record struct RequestHead(CallKind Kind, bool IsImage, int Length, long BodyLength)
{
    /// <summary>Reads a head once all of it has come. Bodies have a Content-Length: all S3 clients in use here send one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> received, out RequestHead head)
    {
        var end = received.IndexOf("\r\n\r\n"u8);
        head = default;
        if (end < 0) return false;
        var line = received[..received.IndexOf((byte)'\r')];
        var method = line[..line.IndexOf((byte)' ')];
        var target = line[(method.Length + 1)..line.LastIndexOf((byte)' ')];
        var kind = KindOf(method, target);
        head = new(kind, kind == CallKind.Get && IsOfImage(target), end + 4, kind is CallKind.Put or CallKind.Other ? BodyOf(received[..end]) : 0);
        return true;
    }

    private static CallKind KindOf(ReadOnlySpan<byte> method, ReadOnlySpan<byte> target)
    {
        if (method.SequenceEqual("HEAD"u8)) return CallKind.Head;
        if (method.SequenceEqual("PUT"u8) || method.SequenceEqual("POST"u8)) return CallKind.Put;
        if (!method.SequenceEqual("GET"u8)) return CallKind.Other;
        return target.IndexOf("list-type="u8) >= 0 || target.IndexOf("prefix="u8) >= 0 ? CallKind.List : CallKind.Get;
    }

    private static bool IsOfImage(ReadOnlySpan<byte> target)
    {
        var query = target.IndexOf((byte)'?');
        var path = query < 0 ? target : target[..query];
        return path[(path.LastIndexOf((byte)'.') + 1)..] is var extension
            && (Is(extension, "jpg"u8) || Is(extension, "jpeg"u8) || Is(extension, "png"u8) || Is(extension, "bmp"u8) || Is(extension, "tif"u8) || Is(extension, "tiff"u8));
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> other) => System.Text.Ascii.EqualsIgnoreCase(text, other);

    private static long BodyOf(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> name = "\r\ncontent-length:"u8;
        for (var at = head.IndexOf("\r\n"u8); at >= 0 && at + name.Length <= head.Length;)
        {
            if (Is(head.Slice(at, name.Length), name))
                return Utf8Parser.TryParse(head[(at + name.Length)..].TrimStart((byte)' '), out long length, out _) ? length : 0;
            var next = head[(at + 2)..].IndexOf("\r\n"u8);
            at = next < 0 ? -1 : at + 2 + next;
        }

        return 0;
    }
}
