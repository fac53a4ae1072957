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

    /// <summary>Reads a path or an <c>s3://bucket/prefix</c> address.</summary>
    /// <exception cref="EyeSlotsException">An empty text, another scheme or an S3 address without a bucket: usage.</exception>
    public static StorageAddress Parse(string text)
    {
        if (text.StartsWith("s3://", StringComparison.Ordinal))
        {
            var (bucket, path) = Cut(text[5..]);
            return bucket.Length > 0
                ? new(bucket, path.Trim('/'))
                : throw new EyeSlotsException(ErrorCodes.Usage, $"'{text}' names no bucket; write s3://bucket/prefix.");
        }

        if (text.Length == 0 || text.Contains('\0') || text.Contains("://", StringComparison.Ordinal))
        {
            throw new EyeSlotsException(ErrorCodes.Usage, $"'{text}' is no address; write a folder or s3://bucket/prefix.");
        }

        return new(null, System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(text)));
    }

    /// <summary>The address of the folder that holds this file, and the file's name.</summary>
    public (StorageAddress Folder, string Name) Split()
    {
        var at = Path.LastIndexOf('/');
        var folder = at < 0 ? "" : Path[..at];
        return (new(Bucket, IsS3 || folder.Length > 0 ? folder : "/"), Path[(at + 1)..]);
    }

    /// <summary>The address as a user would write it.</summary>
    public override string ToString() => IsS3 ? $"s3://{Bucket}/{Path}".TrimEnd('/') : Path;

    private static (string Bucket, string Path) Cut(string rest) =>
        rest.IndexOf('/') is >= 0 and var at ? (rest[..at], rest[(at + 1)..]) : (rest, "");
}
