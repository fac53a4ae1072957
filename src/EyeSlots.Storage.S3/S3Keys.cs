using System.Text;

namespace EyeSlots.Storage.S3;

/// <summary>Keys below the root to keys of the bucket, and back.</summary>
internal sealed class S3Keys(StorageAddress root)
{
    /// <summary>Most bytes of a key, its prefix included.</summary>
    private const int MostBytes = 1024;

    private readonly string start = root.Path.Length == 0 ? "" : root.Path + "/";

    public string Bucket { get; } = root.Bucket ?? throw new ArgumentException($"{root} is no S3 address.", nameof(root));

    /// <summary>The object's key in the bucket.</summary>
    public string Full(string key) => start + key;

    /// <summary>Whether S3 can hold an object of this key; a longer one is refused, not missing.</summary>
    public bool Fits(string key) => Encoding.UTF8.GetByteCount(Full(key)) <= MostBytes;

    /// <summary>The key in the bucket behind which a listing begins; one that does not fit is cut, so that the listing begins before it.</summary>
    public string Start(string after)
    {
        var full = Full(after);
        while (Encoding.UTF8.GetByteCount(full) > MostBytes) full = full[..^(char.IsLowSurrogate(full[^1]) ? 2 : 1)];
        return full;
    }

    /// <summary>The key below the root, or null for what cannot be a file: markers of folders and keys that step up.</summary>
    public string? Below(string full) =>
        full.StartsWith(start, StringComparison.Ordinal) && IsBelow(full.AsSpan(start.Length)) ? full[start.Length..] : null;

    /// <summary>The address of a key, for messages.</summary>
    public StorageAddress At(string key) => StorageAddress.Parse($"s3://{Bucket}/{Full(key)}");

    /// <summary>Whether the key has only parts that go down, as in a folder: none empty, <c>.</c> or <c>..</c>, no NUL.</summary>
    public static bool IsBelow(ReadOnlySpan<char> key)
    {
        if (key.IsEmpty || key.Contains('\0')) return false;
        foreach (var part in key.Split('/'))
        {
            if (key[part] is "" or "." or "..") return false;
        }

        return true;
    }

    /// <summary>The same for writing, where it is the program's own key.</summary>
    public static void Require(string key)
    {
        if (!IsBelow(key)) throw new ArgumentException($"'{key}' is no key below a root.", nameof(key));
    }
}
