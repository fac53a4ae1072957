using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Auth;
using EyeSlots.Storage.S3.Network;

namespace EyeSlots.Aws.Requests;

/// <summary>Signs calls of the Query and the JSON protocol by Signature Version 4; they differ in a header. The many small GETs of S3 have <c>SigningMoment</c>.</summary>
internal static class Signature
{
    private const string Stamp = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>Adds the signature and the headers that it covers.</summary>
    /// <param name="request">A POST with an absolute address without a query, and its body's type and further headers set.</param>
    /// <param name="body">The body's bytes.</param>
    /// <param name="keys">Whose.</param>
    /// <param name="region">The region that is asked.</param>
    /// <param name="service">The service's name in signatures.</param>
    /// <param name="at">The time; whole seconds of it are signed.</param>
    public static void Sign(HttpRequestMessage request, byte[] body, ImmutableCredentials keys, string region, string service, DateTimeOffset at)
    {
        request.Headers.Host = HostHeader.Of(request.RequestUri!);
        request.Headers.Add("X-Amz-Date", at.UtcDateTime.ToString(Stamp, System.Globalization.CultureInfo.InvariantCulture));
        if (keys.UseToken) request.Headers.Add("X-Amz-Security-Token", keys.Token);
        var headers = request.Headers.Concat(request.Content!.Headers.Where(header => header.Key == "Content-Type"))
            .Select(header => (Name: header.Key.ToLowerInvariant(), Value: string.Join(',', header.Value))).OrderBy(header => header.Name, StringComparer.Ordinal).ToArray();
        var signed = string.Join(';', headers.Select(header => header.Name));
        var canonical = new StringBuilder($"{request.Method}\n{PathOf(request.RequestUri!)}\n\n");
        foreach (var (name, value) in headers) canonical.Append(name).Append(':').Append(value.Trim()).Append('\n');
        canonical.Append('\n').Append(signed).Append('\n').Append(Convert.ToHexStringLower(SHA256.HashData(body)));
        var signature = AWS4Signer.ComputeSignature(keys, region, at.UtcDateTime, service, signed, canonical.ToString());
        request.Headers.TryAddWithoutValidation("Authorization", signature.ForAuthorizationHeader);
    }

    /// <summary>The path, escaped once more than it is sent, as all services but S3 do.</summary>
    private static string PathOf(Uri address) => string.Join('/', address.AbsolutePath.Split('/').Select(Uri.EscapeDataString));
}
