using System.Globalization;
using System.Security.Cryptography;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>Names a run in <c>plans/</c> and in logs; never part of a shard.</summary>
public static class RunIdentity
{
    /// <summary>A name that no other run has: when it started, and 64 random bits.</summary>
    public static string New(TimeProvider time) => string.Create(
        CultureInfo.InvariantCulture,
        $"{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}");
}
