using System.Security.Cryptography;
using EyeSlots.Core.Planning;

namespace EyeSlots.Spark.Contract;

/// <summary>
/// S3 credentials on their way to executors, in two parts of which neither says anything: a sealed file among the session's
/// files, and its key among the session's settings.
/// </summary>
/// <remarks>
/// Settings alone would not do, whatever their names: Spark's redaction hides them in configurations and plans, but the event log
/// writes the properties of each job and stage as they are, unless the server was started with the same key.
/// </remarks>
/// <param name="AccessKey">The access key's name.</param>
/// <param name="Secret">The key.</param>
/// <param name="Token">The session token of short-lived credentials, or null.</param>
public sealed record RemoteCredentials(string AccessKey, string Secret, string? Token)
{
    private const int KeyBytes = 32, NonceBytes = 12, TagBytes = 16;

    /// <summary>Seals with a key that is used once.</summary>
    public (byte[] File, string Key) Seal()
    {
        var writer = new PackedWriter();
        writer.Text(AccessKey);
        writer.Text(Secret);
        writer.Text(Token ?? "");
        var plain = writer.ToArray();
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        var file = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(file.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(file.AsSpan(0, NonceBytes), plain, file.AsSpan(NonceBytes + TagBytes), file.AsSpan(NonceBytes, TagBytes));
        return (file, Convert.ToHexStringLower(key));
    }

    /// <summary>Opens what <see cref="Seal"/> made.</summary>
    /// <exception cref="FormatException">File and key do not belong together.</exception>
    public static RemoteCredentials Open(ReadOnlySpan<byte> file, string key)
    {
        if (file.Length < NonceBytes + TagBytes || key.Length != 2 * KeyBytes) throw new FormatException("The sealed credentials are damaged.");
        var plain = new byte[file.Length - NonceBytes - TagBytes];
        try
        {
            using var cipher = new AesGcm(Convert.FromHexString(key), TagBytes);
            cipher.Decrypt(file[..NonceBytes], file[(NonceBytes + TagBytes)..], file.Slice(NonceBytes, TagBytes), plain);
        }
        catch (CryptographicException error)
        {
            throw new FormatException("The sealed credentials do not belong to the session's key.", error);
        }

        var reader = new PackedReader(plain);
        var (access, secret, token) = (reader.Text(), reader.Text(), reader.Text());
        return new(access, secret, token.Length > 0 ? token : null);
    }

    /// <summary>The key's name alone.</summary>
    public override string ToString() => AccessKey;
}
