using System.Globalization;
using Amazon.Runtime;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests.Storage.Servers;
using EyeSlots.Storage.S3;
using EyeSlots.Storage.S3.Gets;
using Microsoft.AspNetCore.Http;

namespace EyeSlots.Integration.Tests.Storage.Gets;

/// <summary>Our signatures hold before servers that know the secret.</summary>
public sealed class GetSignatureTests(S3Server s3)
{
    [Theory]
    [InlineData(null, false)]
    [InlineData("FwoGZXIvYXdzE//token+with/all=chars==", false)]
    [InlineData(null, true)]
    [InlineData("token", true)]
    public async Task Get_WithAndWithoutTokenAndPayer_IsSignedForWhatItIs(string? token, bool pays)
    {
        await using var server = await SmallServer.StartAsync(context => Holds(context) ? context.ObjectAsync("content") : context.RefuseAsync(403, "SignatureDoesNotMatch"));
        using var factory = new ObjectStoreFactory(new(server.Endpoint.AbsoluteUri, Region: "us-east-1") { Credentials = new("key", PlayedServer.Secret, token), RequesterPays = pays });
        var store = factory.Open(StorageAddress.Parse("s3://bucket/a folder"));
        var buffer = new ByteBuffer();
        foreach (var key in (string[])["a.jpg", "ä b+c/d=e&f.jpg", new string('x', 1000) + "/" + new string('ä', 300)])
        {
            Assert.Equal(ReadOutcome.Read, await store.ReadAsync(key, null, buffer, 100));
            Assert.Equal("content"u8, buffer.Span);
        }

        bool Holds(HttpContext context) => SigV4.IsSignedWith(context.Request, PlayedServer.Secret, [])
            && context.Request.Headers["x-amz-security-token"].ToString() == (token ?? "") && context.Request.Headers["x-amz-request-payer"].ToString() == (pays ? "requester" : "")
            && context.Request.Headers.Authorization.ToString().Contains(token is null ? "host;x-amz-" : "x-amz-security-token", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Range_AndVersion_AreAskedForOfARealServer()
    {
        var bucket = S3Names.Bucket();
        await s3.CreateBucketAsync(bucket);
        await s3.PutAsync(bucket, "a", "0123456789");
        var store = s3.Factory.Open(StorageAddress.Parse($"s3://{bucket}"));
        var planned = (await store.StatAsync("a"))!.Value;
        var buffer = new ByteBuffer();
        Assert.Equal(ReadOutcome.Read, await store.ReadStartAsync("a", planned, buffer, 4));
        Assert.Equal("0123"u8, buffer.Span);
        Assert.Equal(ReadOutcome.Read, await store.ReadRestAsync("a", planned, buffer));
        Assert.Equal("0123456789"u8, buffer.Span);
        Assert.Equal(ReadOutcome.Changed, await store.ReadAsync("a", planned with { Version = "0123456789abcdef" }, buffer, 100));
    }

    [Fact]
    public async Task Clock_ThatIsOff_IsSetByTheServersAnswer()
    {
        var there = DateTimeOffset.UtcNow.AddHours(-3);
        await using var server = await SmallServer.StartAsync(context =>
        {
            context.Response.Headers.Date = there.ToString("R", CultureInfo.InvariantCulture);
            var signed = DateTimeOffset.ParseExact(context.Request.Headers["x-amz-date"]!, "yyyyMMddTHHmmssZ", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            return (there - signed).Duration() > TimeSpan.FromMinutes(15) ? context.RefuseAsync(403, "RequestTimeTooSkewed") : context.ObjectAsync("content");
        });
        using var factory = s3.Connect(server.Endpoint);
        var store = factory.Open(StorageAddress.Parse("s3://bucket"));
        Assert.Equal(ReadOutcome.Read, await store.ReadAsync("a", null, new(), 100));
        Assert.Equal(ReadOutcome.Read, await store.ReadAsync("b", null, new(), 100));
        Assert.Equal(["GET /bucket/a", "GET /bucket/a", "GET /bucket/b"], server.Requests);
    }

    [Fact]
    public async Task Region_ThatTheServerNames_IsSignedForFromThenOn()
    {
        var bucket = S3Names.Bucket();
        await s3.CreateBucketAsync(bucket);
        await s3.PutAsync(bucket, "a", "content");
        await using var other = await s3.StartOtherAsync("--region", "eu-central-1");
        using var factory = s3.Connect(other.Endpoint);
        Assert.Equal(ReadOutcome.Read, await factory.Open(StorageAddress.Parse($"s3://{bucket}")).ReadAsync("a", null, new(), 100));
    }

    [Fact]
    public async Task Moment_OfOtherKeysPlaceOrSecond_IsAnother()
    {
        using var connection = new PlayedServer(_ => PlayedServer.Object([])).Connect(new("http://host"));
        var client = await connection.ClientAsync("bucket", CancellationToken.None);
        var (target, keys, second) = (new GetTarget(client, "bucket"), new ImmutableCredentials("key", "secret", "token"), DateTimeOffset.UnixEpoch);
        var moment = new SigningMoment(target, keys, second, []);
        Assert.True(moment.Is(target, keys.Copy(), second));
        Assert.False(moment.Is(new(client, "bucket"), keys, second));
        Assert.False(moment.Is(target, keys, second.AddSeconds(1)));
        foreach (var renewed in (ImmutableCredentials[])[new("other", "secret", "token"), new("key", "other", "token"), new("key", "secret", "other"), new("key", "secret", null)])
            Assert.False(moment.Is(target, renewed, second));
    }
}
