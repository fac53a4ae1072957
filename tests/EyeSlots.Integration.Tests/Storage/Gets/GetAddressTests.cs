using System.Collections.Concurrent;
using Amazon.S3.Model;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests.Storage.Servers;
using EyeSlots.Storage.S3;
using EyeSlots.Storage.S3.Gets;
using Microsoft.AspNetCore.Http.Features;

namespace EyeSlots.Integration.Tests.Storage.Gets;

/// <summary>Our GETs go where the SDK's go.</summary>
public sealed class GetAddressTests
{
    private static readonly string[] Keys =
    [
        "a.jpg", "with space/a b.jpg", "plus+plus/a+b.jpg", "percent%20/100%.jpg", "Gesicht-ä/顔 😀.jpg", "marks/&<>'\"#?=@:;,$!*().jpg",
        "back\\slash/~tilde^[1]{2}|`.jpg", "a%2Fb/%2e%2E/c.jpg", "control\u0001\u007f.jpg", "new\nline\t.jpg", ".hidden/..twice/...jpg",
    ];

    [Theory]
    [InlineData("", "")]
    [InlineData("", "some/prefix")]
    [InlineData("", "twice//slashed")]
    [InlineData("", "up/../and/./down")]
    [InlineData("behind/a/path", "")]
    [InlineData("behind/a/path/", "prefix")]
    public async Task Path_OfAnyKey_IsSentAsTheSdkSendsIt(string below, string prefix)
    {
        var seen = new ConcurrentQueue<string>();
        await using var server = await SmallServer.StartAsync(context =>
        {
            seen.Enqueue($"{context.Request.Host} {context.Features.Get<IHttpRequestFeature>()!.RawTarget}");
            return context.ObjectAsync("content");
        });
        var options = new S3Options(new Uri(server.Endpoint, below).AbsoluteUri, Region: "eu-x-1") { Credentials = new("key", "secret", null) };
        using var connection = new S3Connection(new(() => S3Settings.Resolve(options, _ => null)), S3Names.Quick);
        var keys = new S3Keys(StorageAddress.Parse($"s3://bucket/{prefix}"));
        foreach (var key in Keys)
        {
            using (await new SignedGets(connection, keys).SendAsync(new(key), CancellationToken.None)) { }
            using (await new SdkGets(connection, keys).SendAsync(new(key), CancellationToken.None)) { }
            Assert.Equal(seen.Last(), seen.First());
            Assert.Equal(2, seen.Count);
            seen.Clear();
        }
    }

    [Theory]
    [InlineData("bucket", null, "https://bucket.s3.eu-west-1.amazonaws.com/")]
    [InlineData("with.dots", null, "https://s3.eu-west-1.amazonaws.com/with.dots/")]
    [InlineData("bucket", "https://s3.eu-west-1.amazonaws.com", "https://bucket.s3.eu-west-1.amazonaws.com/")]
    [InlineData("bucket", "http://[::1]:9000", "http://[::1]:9000/bucket/")]
    [InlineData("bucket", "http://LocalHost:80", "http://localhost/bucket/")]
    [InlineData("Old_Bucket", "https://bücher.example", "https://bücher.example/Old_Bucket/")]
    [InlineData("arn:aws:s3:eu-central-1:123456789012:accesspoint:point", null, "https://point-123456789012.s3-accesspoint.eu-central-1.amazonaws.com/")]
    public async Task Place_OfABucket_IsTheSdks(string bucket, string? endpoint, string expected)
    {
        using var server = new PlayedServer(_ => PlayedServer.Object("content"u8.ToArray()));
        using var connection = server.Connect(new(endpoint, Region: "eu-west-1"));
        var keys = new S3Keys(StorageAddress.Parse($"s3://{bucket}"));
        foreach (var key in Keys) (await new SignedGets(connection, keys).SendAsync(new(key), CancellationToken.None)).Dispose();
        var client = await connection.ClientAsync(bucket, CancellationToken.None);
        Assert.Equal(
            Keys.Select(key => new Uri(client.GetPreSignedURL(new() { BucketName = bucket, Key = key, Expires = DateTime.UtcNow.AddHours(1) })).AbsolutePath),
            server.Requests.Select(request => request.RequestUri!.AbsolutePath));
        Assert.All(server.Requests, request => Assert.StartsWith(expected, request.RequestUri!.AbsoluteUri));
    }

    [Theory]
    [InlineData("bucket--use1-az4--x-s3", false)]
    [InlineData("bucket", true)]
    public async Task DirectoryBucket_WhichIsSignedInAnotherWay_IsLeftToTheSdk(string bucket, bool expected)
    {
        using var server = new PlayedServer(_ => PlayedServer.Object("content"u8.ToArray()));
        using var connection = server.Connect(new("http://127.0.0.1:1", Region: "us-east-1"));
        Assert.Equal(expected, new GetTarget(await connection.ClientAsync(bucket, CancellationToken.None), bucket).IsUsual);
        var read = async () => await new S3ObjectStore(StorageAddress.Parse($"s3://{bucket}"), connection).ReadAsync("a", null, new(), 9);
        if (expected) Assert.Equal(ReadOutcome.Read, await read());
        else await Assert.ThrowsAsync<StorageException>(read);
        Assert.Equal(expected ? 1 : 0, server.Requests.Count);
    }
}
