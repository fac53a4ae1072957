using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EyeSlots.Storage.S3.Configuration;

namespace EyeSlots.Storage.S3.Network;

/// <summary>The authorities of a bundle of certificates, which are trusted in place of the system's, as by the aws command line.</summary>
internal static class TrustedAuthorities
{
    /// <summary>Reads a bundle in PEM.</summary>
    /// <exception cref="S3ConfigurationException">It cannot be read or holds no certificate.</exception>
    public static X509ChainPolicy Read(Setting<string> bundle)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(bundle.Value);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new S3ConfigurationException($"the certificates of {bundle.Source} ({bundle.Value}) cannot be read; correct the path.", error);
        }

        return policy.CustomTrustStore.Count > 0
            ? policy
            : throw new S3ConfigurationException($"{bundle.Source} ({bundle.Value}) holds no certificate in PEM; correct the path.");
    }
}
