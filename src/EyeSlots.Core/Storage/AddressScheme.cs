namespace EyeSlots.Core.Storage;

/// <summary>The scheme in front of an address. A mistyped one must not become a folder of that name.</summary>
internal static class AddressScheme
{
    /// <summary>Schemes that are known without the slash behind their colon: <c>s3:bucket/x</c> is a slip, <c>a:b/x</c> may be a folder.</summary>
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "s3", "s3a", "s3n", "file", "dbfs", "hdfs", "viewfs", "gs", "gcs", "abfs", "abfss", "wasb", "wasbs", "adl", "az", "azure", "oss", "cos", "http",
        "https", "ftp", "ftps", "sftp", "ssh", "smb", "nfs", "webdav", "r2", "b2", "minio", "arn", "hf", "sc",
    };

    /// <summary>The scheme in small letters, or nothing where the text is a path.</summary>
    public static string Of(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        if (colon <= 0 || !char.IsAsciiLetter(text[0])) return "";
        foreach (var letter in text[..colon])
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('+' or '-' or '.')) return "";
        }

        var scheme = text[..colon].ToString().ToLowerInvariant();
        return Known.Contains(scheme) || (colon + 1 < text.Length && text[colon + 1] is '/' or '\\') ? scheme : "";
    }

    /// <summary>The path of <c>file:///a%20b</c>, <c>file://localhost/a</c> or <c>file:/a</c>; null where it names another machine or none.</summary>
    public static string? PathOfFile(string text)
    {
        var rest = text["file:".Length..];
        if (rest.StartsWith("//", StringComparison.Ordinal))
        {
            rest = rest[2..];
            if (rest.StartsWith("localhost/", StringComparison.OrdinalIgnoreCase)) rest = rest["localhost".Length..];
        }

        var path = Uri.UnescapeDataString(rest);
        return path.StartsWith('/') && !path.Contains('\0') ? path : null;
    }
}
