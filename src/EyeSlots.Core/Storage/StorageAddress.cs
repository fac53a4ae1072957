namespace EyeSlots.Core.Storage;

/// <summary>Where images, lists and datasets live: a local folder or an S3 prefix.</summary>
public readonly record struct StorageAddress
{
    private StorageAddress(string? bucket, string path) => (Bucket, Path) = (bucket, path);

    /// <summary>The S3 bucket, or null for a local folder.</summary>
    public string? Bucket { get; }

    /// <summary>The full local path without a slash at its end, or the S3 prefix without slashes at its ends.</summary>
    public string Path { get; }

    /// <summary>Whether it is an S3 address.</summary>
    public bool IsS3 => Bucket is not null;

    /// <summary>Reads a path, <c>s3://bucket/prefix</c> (also <c>s3a:</c> and <c>s3n:</c>), <c>file:///folder</c> or <c>~/folder</c>.</summary>
    /// <exception cref="EyeSlotsException">An empty text, another scheme, or an address that lacks a part: usage.</exception>
    public static StorageAddress Parse(string text)
    {
        if (text.Length == 0 || text.Contains('\0')) throw Wrong(text, "is no address; write a folder or s3://bucket/prefix");
        return AddressScheme.Of(text) switch
        {
            "" => new(null, FullPath(text)),
            "s3" or "s3a" or "s3n" => OfS3(text),
            "file" => new(null, FullPath(AddressScheme.PathOfFile(text) ?? throw Wrong(text, "names no file of this machine; write file:///folder or the folder itself"))),
            "dbfs" => throw Wrong(text, "is an address of Databricks; write the folder under which it is mounted, /dbfs/…, or s3://bucket/prefix"),
            { Length: 1 } => throw Wrong(text, "is a path of Windows; write the folder as this machine sees it"),
            var scheme => throw Wrong(text, $"is no folder and not on S3 ({scheme}: is not read); write a folder or s3://bucket/prefix, and ./{scheme}:… for a folder of that name"),
        };
    }

    /// <summary>Reads the path of a file or folder that must be on this machine.</summary>
    /// <exception cref="EyeSlotsException">An address on S3, or none at all: usage.</exception>
    public static string ParseLocal(string text) => Parse(text) is { IsS3: false } address ? address.Path : throw Wrong(text, "is on S3; name a file or folder of this machine");

    /// <summary>The address of the folder that holds this file, and the file's name.</summary>
    public (StorageAddress Folder, string Name) Split()
    {
        var at = Path.LastIndexOf('/');
        var folder = at < 0 ? "" : Path[..at];
        return (new(Bucket, IsS3 || folder.Length > 0 ? folder : "/"), Path[(at + 1)..]);
    }

    /// <summary>The address as a user would write it.</summary>
    public override string ToString() => IsS3 ? $"s3://{Bucket}/{Path}".TrimEnd('/') : Path;

    private static StorageAddress OfS3(string text)
    {
        var rest = text[(text.IndexOf(':') + 1)..];
        if (!rest.StartsWith("//", StringComparison.Ordinal)) throw Wrong(text, $"is no S3 address; write s3://{rest.TrimStart('/')}");
        var end = rest.IndexOf('/', 2) is >= 0 and var slash ? slash : rest.Length;
        return end > 2 ? new(rest[2..end], rest[end..].Trim('/')) : throw Wrong(text, "names no bucket; write s3://bucket/prefix");
    }

    // A shell leaves ~ as it is behind --images=, and nobody means a folder of that name.
    private static string FullPath(string text)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var isHome = text is "~" || text.StartsWith("~/", StringComparison.Ordinal);
        if (text[0] == '~' && (!isHome || home.Length == 0)) throw Wrong(text, "begins with ~; write the full path, or ./ in front for a folder of that name");
        return System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(isHome ? home + text[1..] : text));
    }

    private static EyeSlotsException Wrong(string text, string why) => new(ErrorCodes.Usage, $"'{text}' {why}.");
}
