using System.Globalization;
using System.Text;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests.Storage.Servers;
using Microsoft.AspNetCore.Http;

namespace EyeSlots.Integration.Tests.Storage;

/// <summary>Buckets of the kinds that AWS has and the test's server has not: a small server before it adds what makes the kind.</summary>
public sealed class S3AnswerTests(S3Server s3) : IAsyncLifetime
{
    private readonly string bucket = S3Names.Bucket();
    private readonly Forwarder forwarder = new(s3.Endpoint);
    private readonly ByteBuffer buffer = new();

    public async ValueTask InitializeAsync() => await s3.CreateBucketAsync(bucket);

    public ValueTask DisposeAsync()
    {
        forwarder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task RequesterPays_WithTheOption_EveryCallSaysSo_AndWithoutItTheRefusalNamesIt()
    {
        await using var server = await SmallServer.StartAsync(context =>
            context.Request.Headers["x-amz-request-payer"] == "requester" ? forwarder.ForwardAsync(context) : context.RefuseAsync(403, "AccessDenied"));
        var address = StorageAddress.Parse($"s3://{bucket}/paid");
        using (var paying = s3.Connect(server.Endpoint, requesterPays: true))
        {
            Assert.All(await StorageProbe.RunAsync(paying.Open(address)), check => Assert.True(check.Passed, check.Detail));
            await paying.Open(address).PublishAsync("a", "x"u8.ToArray());
            await using var stream = await paying.Open(address).OpenAsync("a");
            Assert.Equal((byte)'x', stream.ReadByte());
            Assert.True(await paying.Open(address).ReadPartAsync("a", 0, new byte[1]));
        }

        using var silent = s3.Connect(server.Endpoint);
        Assert.Contains("--s3-requester-pays", (await Assert.ThrowsAsync<StorageException>(async () => await silent.Open(address).ReadAsync("a", null, buffer, 9))).Message);
    }

    [Theory]
    [InlineData("AccessDenied", "User: arn:aws:iam::1:user/u is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu:1:key/k", "encrypted with a KMS key")]
    [InlineData("KMS.DisabledException", "The key is disabled.", "encrypted with a KMS key")]
    [InlineData("AccessDenied", "User: arn is not authorized to perform: s3:GetObject", "s3:GetObject below the address")]
    [InlineData("InvalidObjectState", "The operation is not valid for the object's storage class", "it is archived")]
    [InlineData("ExpiredToken", "The provided token has expired.", "no longer good (ExpiredToken); log in again")]
    [InlineData("InvalidToken", "The provided token is malformed.", "renew AWS_SESSION_TOKEN")]
    [InlineData("InvalidBucketName", "no", "is no bucket's name")]
    public async Task Refusal_OfAKind_NamesWhatToChange(string code, string message, string expected)
    {
        await using var server = await SmallServer.StartAsync(context => context.RefuseAsync(code.StartsWith("KMS", StringComparison.Ordinal) ? 400 : 403, code, message));
        using var factory = s3.Connect(server.Endpoint);
        var error = await Assert.ThrowsAsync<StorageException>(async () => await factory.Open(StorageAddress.Parse($"s3://{bucket}")).ReadAsync("a", null, buffer, 9));
        Assert.Contains(expected, error.Message);
        Assert.DoesNotContain("arn", error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("list", "s3:ListBucket")]
    [InlineData("publish", "s3:PutObject")]
    [InlineData("delete", "s3:DeleteObject")]
    public async Task Denied_NamesThePermissionOfThatCall(string call, string expected)
    {
        await using var server = await SmallServer.StartAsync(context => context.RefuseAsync(403, "AccessDenied"));
        using var factory = s3.Connect(server.Endpoint);
        var store = factory.Open(StorageAddress.Parse($"s3://{bucket}"));
        var error = await Assert.ThrowsAsync<StorageException>(call switch
        {
            "list" => async () => await store.ListAsync("").GetAsyncEnumerator().MoveNextAsync(),
            "publish" => () => store.PublishAsync("a", "x"u8.ToArray()),
            _ => () => store.DeleteAsync("a"),
        });
        Assert.Contains($"these credentials need {expected}", error.Message);
    }

    [Fact]
    public async Task ETag_ThatIsNoMd5_IsAVersionAndNothingElse()
    {
        var (one, two) = (new byte[5 << 20], new byte[1000]);
        new Random(5).NextBytes(one);
        await s3.PutInPartsAsync(bucket, "parts", one, two);
        await s3.PutAsync(bucket, "numbered", "content");
        await s3.PutAsync(bucket, "named", "content");
        await using var server = await SmallServer.StartAsync(context =>
        {
            var name = context.Request.Path.Value!.Split('/')[^1];
            context.Response.OnStarting(() =>
            {
                if (name == "numbered") context.Response.Headers.ETag = "\"0123456789abcdef0123456789abcdef\"";
                if (name == "named") context.Response.Headers.ETag = "\"version seven\"";
                return Task.CompletedTask;
            });
            return forwarder.ForwardAsync(context);
        });
        using var factory = s3.Connect(server.Endpoint);
        var store = factory.Open(StorageAddress.Parse($"s3://{bucket}"));
        Assert.Equal(ReadOutcome.Read, await store.ReadAsync("parts", await store.StatAsync("parts"), buffer, 9 << 20));
        Assert.True(buffer.Span.SequenceEqual([.. one, .. two]));
        Assert.EndsWith("-2", (await store.StatAsync("parts"))!.Value.Version);
        foreach (var key in (string[])["numbered", "named"]) await AssertReadsAsync(store, key, "content");
    }

    private async Task AssertReadsAsync(IObjectStore store, string key, string content)
    {
        Assert.Equal(ReadOutcome.Read, await store.ReadAsync(key, null, buffer, 100));
        Assert.Equal(content, Encoding.UTF8.GetString(buffer.Span));
        await using var stream = await store.OpenAsync(key);
        Assert.Equal(content, await new StreamReader(stream).ReadToEndAsync());
    }

    [Fact]
    public async Task Archived_IsKnownFromTheListingAndFromAStat_UnlessItIsRestored()
    {
        foreach (var key in (string[])["cold", "restored", "warm"]) await s3.PutAsync(bucket, key, key);
        await using var server = await SmallServer.StartAsync(context =>
        {
            context.Response.OnStarting(() =>
            {
                if (HttpMethods.IsHead(context.Request.Method) && !context.Request.Path.Value!.EndsWith("warm", StringComparison.Ordinal)) context.Response.Headers["x-amz-storage-class"] = "GLACIER";
                if (context.Request.Path.Value!.EndsWith("restored", StringComparison.Ordinal)) context.Response.Headers["x-amz-restore"] = "ongoing-request=\"false\", expiry-date=\"Fri, 21 Dec 2035 00:00:00 GMT\"";
                return Task.CompletedTask;
            });
            return forwarder.ForwardAsync(context, text => text.Replace(">STANDARD<", ">DEEP_ARCHIVE<", StringComparison.Ordinal));
        });
        using var factory = s3.Connect(server.Endpoint);
        var store = factory.Open(StorageAddress.Parse($"s3://{bucket}"));
        Assert.True((await store.StatAsync("cold"))!.Value.IsArchived);
        Assert.False((await store.StatAsync("restored"))!.Value.IsArchived);
        Assert.False((await store.StatAsync("warm"))!.Value.IsArchived);
        await foreach (var stat in store.ListAsync("")) Assert.True(stat.IsArchived);
        await foreach (var stat in s3.Factory.Open(store.Address).ListAsync("")) Assert.False(stat.IsArchived);
    }

    [Fact]
    public async Task Clock_ThatIsOff_IsCorrectedByTheServersAnswer()
    {
        var serverTime = DateTimeOffset.UtcNow.AddHours(3);
        await using var server = await SmallServer.StartAsync(context =>
        {
            context.Response.Headers.Date = serverTime.ToString("R", CultureInfo.InvariantCulture);
            var signed = DateTimeOffset.ParseExact(context.Request.Headers["x-amz-date"]!, "yyyyMMddTHHmmssZ", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            if ((serverTime - signed).Duration() > TimeSpan.FromMinutes(15)) return context.RefuseAsync(403, "RequestTimeTooSkewed");
            return SigV4.IsSignedWith(context.Request, s3.SecretKey, []) ? context.XmlAsync(200, "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>") : context.RefuseAsync(403, "SignatureDoesNotMatch");
        });
        using var factory = s3.Connect(server.Endpoint);
        Assert.False(await factory.Open(StorageAddress.Parse($"s3://{bucket}")).ListAsync("").GetAsyncEnumerator().MoveNextAsync());
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Region_ThatTheServerNames_IsFollowed()
    {
        await using var other = await s3.StartOtherAsync("--region", "eu-central-1");
        using var factory = s3.Connect(other.Endpoint);
        Assert.All(await StorageProbe.RunAsync(factory.Open(StorageAddress.Parse($"s3://{bucket}/region"))), check => Assert.True(check.Passed, check.Detail));
    }

    [Fact]
    public async Task Region_ThatIsNotNamed_IsAskedFor()
    {
        await using var server = await SmallServer.StartAsync(context => context.RefuseAsync(301, "PermanentRedirect"));
        using var factory = s3.Connect(server.Endpoint);
        var error = await Assert.ThrowsAsync<StorageException>(async () => await factory.Open(StorageAddress.Parse($"s3://{bucket}")).ReadAsync("a", null, buffer, 9));
        Assert.Contains("is in another region; set --s3-region (or AWS_REGION) to it", error.Message);
    }
}
