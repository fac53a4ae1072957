using System.Buffers;
using System.Collections;
using Amazon.Runtime.Endpoints;
using Amazon.S3;
using Amazon.S3.Model;
using EyeSlots.Storage.S3.Network;

namespace EyeSlots.Storage.S3.Gets;

/// <summary>
/// Where a bucket's objects are, as the SDK finds it from the settings: the bucket in the host's name or in the path, on AWS, behind an access
/// point or elsewhere.
/// </summary>
internal sealed class GetTarget
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/");
    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };
    private readonly string origin, folder;

    /// <param name="client">The client that would be asked.</param>
    /// <param name="bucket">The bucket.</param>
    public GetTarget(AmazonS3Client client, string bucket)
    {
        Client = client;
        var endpoint = client.DetermineServiceOperationEndpoint(new GetObjectRequest { BucketName = bucket, Key = "key" });
        var root = new Uri(endpoint.URL, AsItIs);
        origin = root.GetLeftPart(UriPartial.Authority);
        folder = root.AbsolutePath.TrimEnd('/') + "/";
        Host = HostHeader.Of(root);
        if (Scheme(endpoint) is not { } scheme) return;
        Region = scheme["signingRegion"] as string;
        IsUsual = scheme["name"] is "sigv4" && scheme["signingName"] is "s3" && Region is { Length: > 0 } && endpoint.Headers is null or { Count: 0 };
    }

    /// <summary>The client that it was found for.</summary>
    public AmazonS3Client Client { get; }

    /// <summary>The value of the header Host.</summary>
    public string Host { get; }

    /// <summary>The region that signatures name, or null.</summary>
    public string? Region { get; }

    /// <summary>Whether it takes the usual signature, Version 4 by the credentials themselves; directory buckets want a session of their own.</summary>
    public bool IsUsual { get; }

    /// <summary>The path of an object, escaped as it is sent and signed.</summary>
    /// <param name="key">The key in the bucket.</param>
    public string PathOf(string key) => folder + (key.AsSpan().ContainsAnyExcept(Plain) ? Uri.EscapeDataString(key).Replace("%2F", "/", StringComparison.Ordinal) : key);

    /// <summary>The address of a path, which stays as it is: dots and doubled slashes in keys mean nothing.</summary>
    public Uri At(string path) => new(origin + path, AsItIs);

    private static PropertyBag? Scheme(Endpoint endpoint) => (endpoint.Attributes?["authSchemes"] as IEnumerable)?.OfType<PropertyBag>().FirstOrDefault();
}
