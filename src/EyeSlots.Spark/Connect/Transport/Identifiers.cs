using System.Security.Cryptography;

namespace EyeSlots.Spark.Connect.Transport;

/// <summary>Names sessions and operations.</summary>
internal static class Identifiers
{
    /// <summary>A random UUID (version 4) in the form that Spark parses.</summary>
    public static string NewUuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }
}
