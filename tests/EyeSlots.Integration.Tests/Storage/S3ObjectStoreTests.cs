using System.Text;
using EyeSlots.Core.Storage;
using EyeSlots.Storage.S3;

namespace EyeSlots.Integration.Tests.Storage;

public sealed class S3ObjectStoreTests(S3Server server) : ObjectStoreContract, IAsyncLifetime
{
    private readonly string bucket = S3Names.Bucket();
    private readonly ByteBuffer buffer = new();

    protected override IObjectStore Store => server.Factory.Open(StorageAddress.Parse($"s3://{bucket}/some/prefix"));

    public async ValueTask InitializeAsync() => await server.CreateBucketAsync(bucket);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task List_NeighbourPrefixesAndFolderMarkers_AreLeftOut()
    {
        var whole = server.Factory.Open(StorageAddress.Parse($"s3://{bucket}"));
        await whole.PublishAsync("some/prefix/a", "x"u8.ToArray());
        await whole.PublishAsync("some/prefix2/b", "x"u8.ToArray());
        Directory.CreateDirectory(Path.Combine(server.DataFolder, bucket, "some", "prefix", "marker"));
        Assert.Equal(["a"], (await ListAsync("")).Select(stat => stat.Key));
        Assert.Equal("some/prefix/a", (await whole.StatAsync("some/prefix/a"))!.Value.Key);
    }

    [Fact]
    public async Task ObjectWithoutETag_IsBoundToItsTimeAndSize()
    {
        await Store.PublishAsync("other", "x"u8.ToArray());
        var file = Path.Combine(server.DataFolder, bucket, "some", "prefix", "by-hand");
        await File.WriteAllTextAsync(file, "12345");
        var listed = Assert.Single(await ListAsync("by"));
        Assert.StartsWith("m:", listed.Version);
        Assert.Equal(listed, await Store.StatAsync("by-hand"));
        Assert.Equal(ReadOutcome.Read, await Store.ReadAsync("by-hand", listed, buffer, 100));
        Assert.Equal("12345", await TextAsync("by-hand"));
        File.SetLastWriteTimeUtc(file, listed.Modified.UtcDateTime.AddSeconds(3));
        Assert.Equal(ReadOutcome.Changed, await Store.ReadAsync("by-hand", listed, buffer, 100));
        await File.WriteAllTextAsync(file, "123456");
        File.SetLastWriteTimeUtc(file, listed.Modified.UtcDateTime);
        Assert.Equal(ReadOutcome.Changed, await Store.ReadAsync("by-hand", listed, buffer, 100));
    }

    [Theory]
    [InlineData("\"{0}\"")]
    [InlineData("{0}")]
    public async Task Read_VersionWithQuotesOrWithout_IsTheSame(string form)
    {
        await Store.PublishAsync("a", "content"u8.ToArray());
        var stat = (await Store.StatAsync("a"))!.Value;
        Assert.DoesNotContain('"', stat.Version);
        var planned = stat with { Version = string.Format(null, form, stat.Version) };
        Assert.Equal(ReadOutcome.Read, await Store.ReadAsync("a", planned, buffer, 100));
        Assert.Equal(ReadOutcome.Changed, await Store.ReadAsync("a", planned with { Version = new string('0', 32) }, buffer, 100));
    }

    [Theory]
    [InlineData("wrong-secret", "the secret key is wrong")]
    [InlineData("unknown-key", "does not know the access key id")]
    [InlineData("no-such-profile", "the AWS profile 'no-such-profile' (--s3-profile) is missing")]
    [InlineData(null, "no AWS credentials found; set AWS_ACCESS_KEY_ID")]
    public async Task EveryCall_WithoutGoodKeys_SaysWhatIsWrongAndNoSecret(string? profile, string expected)
    {
        using var factory = server.Connect(profile: profile);
        foreach (var error in await FailuresAsync(factory.Open(Store.Address)))
        {
            Assert.Contains(expected, error.Message);
            Assert.Contains($"s3://{bucket}", error.Message);
            Assert.DoesNotContain(server.SecretKey, error.Message);
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    [Fact]
    public async Task EveryCall_MissingBucket_NamesBucketAndServer()
    {
        var store = server.Factory.Open(StorageAddress.Parse("s3://no-such-bucket/prefix"));
        foreach (var error in await FailuresAsync(store))
            Assert.Contains($"there is no bucket no-such-bucket on {server.Endpoint.Scheme}://{server.Endpoint.Authority}", error.Message);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1", "connection refused")]
    [InlineData("http://no-such-host.invalid", "name is not known")]
    public async Task EveryCall_ServerNotReached_SaysSoAfterItsTries(string endpoint, string expected)
    {
        using var factory = server.Connect(new(endpoint), patience: S3Names.Quick with { Attempts = 3 });
        foreach (var error in await FailuresAsync(factory.Open(Store.Address)))
        {
            Assert.Contains($"{endpoint} cannot be reached after 3 tries", error.Message);
            Assert.Contains(expected, error.Message);
        }
    }

    [Fact]
    public async Task EveryCall_SecureEndpointOfAPlainServer_IsNotTriedAgain()
    {
        using var factory = server.Connect(new(server.Endpoint.AbsoluteUri.Replace("http:", "https:")));
        foreach (var error in await FailuresAsync(factory.Open(Store.Address))) Assert.Contains("no secure connection", error.Message);
    }

    [Fact]
    public async Task Probe_WithoutBucket_FailsItsChecksInsteadOfThrowing()
    {
        var results = await StorageProbe.RunAsync(server.Factory.Open(StorageAddress.Parse("s3://no-such-bucket/prefix")));
        Assert.Equal(["list", "publish"], results.Select(result => result.Check));
        Assert.All(results, result => Assert.False(result.Passed));
        Assert.Contains("there is no bucket", results[1].Detail);
    }

    private static async Task<List<StorageException>> FailuresAsync(IObjectStore store) =>
    [
        await Assert.ThrowsAsync<StorageException>(async () => await store.StatAsync("a")),
        await Assert.ThrowsAsync<StorageException>(async () => await store.ReadAsync("a", null, new(), 100)),
        await Assert.ThrowsAsync<StorageException>(() => store.PublishAsync("a", "x"u8.ToArray())),
        await Assert.ThrowsAsync<StorageException>(() => store.DeleteAsync("a")),
        await Assert.ThrowsAsync<StorageException>(() => store.OpenAsync("a")),
        await Assert.ThrowsAsync<StorageException>(async () => await store.ListAsync("").GetAsyncEnumerator().MoveNextAsync()),
    ];
}
