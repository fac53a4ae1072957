using System.Globalization;

namespace EyeSlots.Storage.S3;

/// <summary>The version of an object: its ETag, or its time where a server gives none.</summary>
internal static class S3Version
{
    private const string TimePrefix = "m:";

    /// <summary>The version as listings, HEAD and GET all give it.</summary>
    public static string Of(string? etag, DateTime? modified) =>
        Bare(etag) is { Length: > 0 } bare ? bare : TimePrefix + At(modified).UtcTicks.ToString(CultureInfo.InvariantCulture);

    /// <summary>The value of If-Match, or null where only the time can be compared.</summary>
    public static string? IfMatch(string version) =>
        version.Length == 0 || version.StartsWith(TimePrefix, StringComparison.Ordinal) ? null : $"\"{Bare(version)}\"";

    /// <summary>Whether both name the same content, quotes aside.</summary>
    public static bool Same(string left, string right) => Bare(left) == Bare(right);

    /// <summary>The time in whole seconds: headers have no more, listings do.</summary>
    public static DateTimeOffset At(DateTime? modified)
    {
        if (modified is not { } time) return DateTimeOffset.UnixEpoch;
        var ticks = time.ToUniversalTime().Ticks;
        return new(ticks - (ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
    }

    /// <summary>What is known of an object.</summary>
    public static ObjectStat Describe(string key, long size, string? etag, DateTime? modified) => new(key, size, Of(etag, modified), At(modified));

    /// <summary>Whether objects of a storage class have to be restored before they are read.</summary>
    public static bool IsArchive(string? storageClass) => storageClass is "GLACIER" or "DEEP_ARCHIVE";

    private static string Bare(string? etag) => etag?.Trim('"') ?? "";
}
