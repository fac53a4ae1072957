using System.Security.Cryptography;
using EyeSlots.Spark.Worker.Protocol;

namespace EyeSlots.Spark.Worker.Daemon;

/// <summary>What both sides say once, before the first task of a connection.</summary>
internal static class Handshake
{
    private const int LongestSecret = 4096;

    /// <summary>
    /// Says this process's id, which Spark 4.0 and later look up among the machine's processes, and takes the secret.
    /// </summary>
    /// <param name="reader">From Spark.</param>
    /// <param name="writer">To Spark.</param>
    /// <param name="secret">Null where no secret is exchanged.</param>
    /// <returns>False where the secret is wrong; Spark, or whoever it is, has been told.</returns>
    internal static bool Accept(WireReader reader, WireWriter writer, byte[]? secret)
    {
        writer.WriteInt32(Environment.ProcessId);
        writer.Flush();
        if (secret is null) return true;

        var right = CryptographicOperations.FixedTimeEquals(reader.ReadBlob("the secret", LongestSecret), secret);
        writer.WriteText(right ? "ok" : "err");
        writer.Flush();
        return right;
    }
}
