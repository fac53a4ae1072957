using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Auth;

namespace EyeSlots.Storage.S3.Gets;

/// <summary>
/// What the signatures (Signature Version 4) of all GETs to one place within one second have in common: all but the path. So a signature costs
/// two short hashes. Signed is what must be: the host and the headers of AWS. An answer is compared with what was planned, so nobody gains by
/// another If-Match or Range.
/// </summary>
internal sealed class SigningMoment
{
    private const string Algorithm = "AWS4-HMAC-SHA256", NoBody = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const int OnStack = 2048, HashBytes = 32;
    private readonly GetTarget target;
    private readonly DateTimeOffset second;
    private readonly ImmutableCredentials keys;
    private readonly KeyValuePair<string, string>[] headers;
    private readonly byte[] key, behindPath, beforeHash;
    private readonly string authorization;

    /// <param name="target">Where the GETs go.</param>
    /// <param name="keys">Who signs.</param>
    /// <param name="second">The time, in whole seconds.</param>
    /// <param name="always">Further headers of AWS, by name, in lower case.</param>
    public SigningMoment(GetTarget target, ImmutableCredentials keys, DateTimeOffset second, IEnumerable<KeyValuePair<string, string>> always)
    {
        (this.target, this.keys, this.second) = (target, keys, second);
        var date = second.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        headers = [.. always, new("x-amz-content-sha256", NoBody), new("x-amz-date", date)];
        if (keys.UseToken) headers = [.. headers, new("x-amz-security-token", keys.Token)];
        Array.Sort(headers, static (one, other) => string.CompareOrdinal(one.Key, other.Key));

        var names = "host;" + string.Join(';', headers.Select(header => header.Key));
        var lines = string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n"));
        var scope = $"{date[..8]}/{target.Region}/s3/aws4_request";
        behindPath = Encoding.UTF8.GetBytes($"\n\nhost:{target.Host}\n{lines}\n{names}\n{NoBody}");
        beforeHash = Encoding.UTF8.GetBytes($"{Algorithm}\n{date}\n{scope}\n");
        authorization = $"{Algorithm} Credential={keys.AccessKey}/{scope}, SignedHeaders={names}, Signature=";
        key = AWS4Signer.ComposeSigningKey(keys.SecretKey, target.Region, date[..8], "s3");
    }

    /// <summary>Whether it is that of a place, of keys and of a time.</summary>
    public bool Is(GetTarget place, ImmutableCredentials other, DateTimeOffset at) =>
        place == target && at == second && other.AccessKey == keys.AccessKey && other.SecretKey == keys.SecretKey && other.Token == keys.Token;

    /// <summary>Adds the signature and the headers that it covers.</summary>
    /// <param name="request">The headers of a GET without a query.</param>
    /// <param name="path">Its path as it is sent.</param>
    public void Sign(HttpRequestHeaders request, string path)
    {
        foreach (var (name, value) in headers) request.TryAddWithoutValidation(name, value);
        Span<byte> hash = stackalloc byte[HashBytes], text = stackalloc byte[OnStack];
        Hash(path, text, hash);

        beforeHash.CopyTo(text);
        Convert.TryToHexStringLower(hash, text[beforeHash.Length..], out var hex);
        HMACSHA256.HashData(key, text[..(beforeHash.Length + hex)], hash);
        request.TryAddWithoutValidation("Authorization", authorization + Convert.ToHexStringLower(hash));
    }

    /// <summary>The hash of the canonical request.</summary>
    private void Hash(string path, Span<byte> room, Span<byte> hash)
    {
        var length = "GET\n"u8.Length + path.Length + behindPath.Length;
        var text = length > room.Length ? new byte[length] : room[..length];
        "GET\n"u8.CopyTo(text);
        Encoding.ASCII.GetBytes(path, text["GET\n"u8.Length..]);
        behindPath.CopyTo(text[^behindPath.Length..]);
        SHA256.HashData(text, hash);
    }
}
