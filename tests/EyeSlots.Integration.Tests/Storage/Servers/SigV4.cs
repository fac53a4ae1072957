using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EyeSlots.Integration.Tests.Storage.Servers;

/// <summary>Checks a request's signature (AWS Signature Version 4, in the header) as a service does that knows the secret.</summary>
internal static class SigV4
{
    /// <summary>The access key id that a request names, or null.</summary>
    public static string? KeyOf(HttpRequest request) => Field(request, "Credential")?.Split('/')[0];

    /// <summary>Whether the request was signed with the secret, for any region and service.</summary>
    public static bool IsSignedWith(HttpRequest request, string secret, byte[] body) =>
        Field(request, "SignedHeaders") is { } names && Sign(request, names, secret, body) is { } signature && signature == Field(request, "Signature");

    /// <summary>The header that signs a request without a body anew, as if it had no session token.</summary>
    public static string WithoutToken(HttpRequest request, string secret)
    {
        var names = string.Join(';', Field(request, "SignedHeaders")!.Split(';').Where(name => name != "x-amz-security-token"));
        return $"AWS4-HMAC-SHA256 Credential={Field(request, "Credential")}, SignedHeaders={names}, Signature={Sign(request, names, secret, [])}";
    }

    private static string? Sign(HttpRequest request, string names, string secret, byte[] body)
    {
        if (Field(request, "Credential")?.Split('/') is not [_, var day, var region, var service, "aws4_request"]) return null;
        var headers = string.Concat(names.Split(';').Select(name => $"{name}:{(name == "host" ? request.Host.Value : request.Headers[name].ToString().Trim())}\n"));
        var hash = request.Headers.TryGetValue("x-amz-content-sha256", out var sent) ? sent.ToString() : Hex(SHA256.HashData(body));
        var canonical = $"{request.Method}\n{Path(request)}\n{Query(request)}\n{headers}\n{names}\n{hash}";
        var text = $"AWS4-HMAC-SHA256\n{request.Headers["x-amz-date"]}\n{day}/{region}/{service}/aws4_request\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = new[] { day, region, service, "aws4_request" }.Aggregate(Encoding.UTF8.GetBytes("AWS4" + secret), (made, part) => HMACSHA256.HashData(made, Encoding.UTF8.GetBytes(part)));
        return Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>As it was sent: how a path is escaped is signed too.</summary>
    private static string Path(HttpRequest request) => request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0];

    private static string Query(HttpRequest request) => string.Join('&', request.Query
        .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value.ToString())}").Order(StringComparer.Ordinal));

    private static string? Field(HttpRequest request, string name) => request.Headers.Authorization.ToString()
        .Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(part => part.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
