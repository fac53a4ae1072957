using EyeSlots.Storage.S3;

namespace EyeSlots.Integration.Tests.Storage;

/// <summary>Buckets that no other test uses, and retries that do not take a test's time.</summary>
internal static class S3Names
{
    private static int count;

    public static S3Patience Quick { get; } = new(8, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(10));

    public static string Bucket() => $"bucket-{Interlocked.Increment(ref count)}";
}
