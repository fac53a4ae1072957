namespace EyeSlots.Core.Shards;

/// <summary>Where things lie below a dataset root.</summary>
public static class ShardLayout
{
    /// <summary>The folder of all shards.</summary>
    public const string Shards = "shards/";

    /// <summary>The folder of all quarantine files.</summary>
    public const string Quarantine = "quarantine/";

    private const string Extension = ".parquet";

    /// <summary>The key of a slice's shard.</summary>
    public static string ShardKey(string fingerprint) => $"{Shards}{fingerprint}{Extension}";

    /// <summary>The key of a slice's quarantine file, which exists only when it has rows.</summary>
    public static string QuarantineKey(string fingerprint) => $"{Quarantine}{fingerprint}{Extension}";
}
