using System.Buffers;

namespace EyeSlots.Core.Shards;

/// <summary>Where things lie below a dataset root.</summary>
public static class ShardLayout
{
    /// <summary>The folder of all shards.</summary>
    public const string Shards = "shards/";

    /// <summary>The folder of all quarantine files.</summary>
    public const string Quarantine = "quarantine/";

    private const string Extension = ".parquet";
    private const int Digits = 64;
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    /// <summary>The key of a slice's shard.</summary>
    public static string ShardKey(string fingerprint) => $"{Shards}{fingerprint}{Extension}";

    /// <summary>The key of a slice's quarantine file, which exists only when it has rows.</summary>
    public static string QuarantineKey(string fingerprint) => $"{Quarantine}{fingerprint}{Extension}";

    /// <summary>Whether a key is one that a shard or a quarantine file of ours may have; what others put beside them is not.</summary>
    public static bool IsKey(string key)
    {
        var folder = key.StartsWith(Shards, StringComparison.Ordinal) ? Shards : key.StartsWith(Quarantine, StringComparison.Ordinal) ? Quarantine : null;
        if (folder is null || key.Length != folder.Length + Digits + Extension.Length || !key.EndsWith(Extension, StringComparison.Ordinal)) return false;
        return !key.AsSpan(folder.Length, Digits).ContainsAnyExcept(Hexadecimal);
    }
}
