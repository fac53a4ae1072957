using Amazon.Runtime;
using EyeSlots.Storage.S3.Credentials;
using EyeSlots.Storage.S3.Network;

namespace EyeSlots.Storage.S3;

/// <summary>An access key with its secret, for a process that cannot find its own. No text of it shows the secret.</summary>
/// <param name="AccessKey">The key's name.</param>
/// <param name="Secret">The key.</param>
/// <param name="Token">The session token of short-lived credentials, or null.</param>
public sealed record S3Credentials(string AccessKey, string Secret, string? Token)
{
    private const int ShownOfAKey = 4;

    /// <summary>Whether they end by themselves.</summary>
    public bool IsShortLived => Token is not null;

    /// <summary>The key's name, shortened to what tells keys apart.</summary>
    public string ShortKey => AccessKey.Length > 2 * ShownOfAKey ? $"{AccessKey[..ShownOfAKey]}…{AccessKey[^ShownOfAKey..]}" : AccessKey[..Math.Min(ShownOfAKey, AccessKey.Length)];

    /// <summary>What this process would use, of whatever kind its own are.</summary>
    /// <exception cref="EyeSlotsException">There are none.</exception>
    public static async Task<S3Credentials> FindAsync(S3Settings settings, CancellationToken cancellation = default)
    {
        try
        {
            var search = new CredentialSearch(settings, new(settings, new HttpClients(settings)));
            return await (await search.FindAsync(cancellation).ConfigureAwait(false)).KeysAsync().ConfigureAwait(false);
        }
        catch (EyeSlotsException error) when (error.Code != ErrorCodes.Usage)
        {
            throw new StorageException($"There are no AWS credentials to send to the executors: {error.Message}", error);
        }
    }

    /// <summary>The key's name alone.</summary>
    public override string ToString() => AccessKey;

    internal AWSCredentials ToAws() => Token is null ? new BasicAWSCredentials(AccessKey, Secret) : new SessionAWSCredentials(AccessKey, Secret, Token);
}
