using System.Security.Cryptography;
using EyeSlots.Core.Storage;
using EyeSlots.Storage.S3;

namespace EyeSlots.Integration.Tests.Storage;

/// <summary>Files that are sent in parts.</summary>
public sealed class S3UploadTests(S3Server server) : IAsyncLifetime
{
    private readonly string bucket = S3Names.Bucket();

    public async ValueTask InitializeAsync() => await server.CreateBucketAsync(bucket);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16 << 20)]
    [InlineData((40 << 20) + 7)]
    public async Task Upload_OfAFile_IsTheFileAndReportsEveryByteOnce(int size)
    {
        using var scratch = new Scratch();
        var file = Drawn(scratch, size);
        var sent = new Sum();
        using var factory = server.Connect();
        await factory.UploadAsync(At("deep/file"), file, sent, TestContext.Current.CancellationToken);
        Assert.Equal(size, sent.Total);
        Assert.Equal(await HashAsync(File.OpenRead(file)), await HashAsync(await factory.Open(At("")).OpenAsync("deep/file", TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Upload_ThroughAFaultyNetwork_IsTheFile()
    {
        using var scratch = new Scratch();
        var file = Drawn(scratch, 40 << 20);
        Fault[] faults = [Fault.None, Fault.ResetAfter, Fault.Busy, Fault.FailAfter, Fault.Cut, Fault.None, Fault.ResetBefore];
        await using var proxy = new FaultyProxy(server.Endpoint, call => call <= faults.Length ? faults[call - 1] : call == faults.Length + 3 ? Fault.ResetAfter : Fault.None);
        using var factory = server.Connect(proxy.Endpoint, patience: S3Names.Quick);
        await factory.UploadAsync(At("file"), file, null, TestContext.Current.CancellationToken);
        Assert.Equal(await HashAsync(File.OpenRead(file)), await HashAsync(await server.Factory.Open(At("")).OpenAsync("file", TestContext.Current.CancellationToken)));
        Assert.True(proxy.Counts[Fault.ResetAfter] > 0);
    }

    [Fact]
    public async Task Upload_ThatFails_LeavesNothing()
    {
        using var scratch = new Scratch();
        var file = Drawn(scratch, 20 << 20);
        var calls = 0;
        await using var proxy = new FaultyProxy(server.Endpoint, call => (calls = call) is > 1 and < 4 ? Fault.Expired : Fault.None);
        using var factory = server.Connect(proxy.Endpoint, patience: S3Names.Quick);
        await Assert.ThrowsAsync<StorageException>(() => factory.UploadAsync(At("file"), file, null, TestContext.Current.CancellationToken));
        Assert.Null(await factory.Open(At("")).StatAsync("file", TestContext.Current.CancellationToken));
        Assert.True(calls >= 4, "the upload was not aborted");
    }

    [Fact]
    public async Task Region_OfABucket_IsTheServers()
    {
        using var factory = server.Connect();
        Assert.Equal("us-east-1", await factory.RegionOfAsync(bucket, TestContext.Current.CancellationToken));
        var error = await Assert.ThrowsAsync<StorageException>(() => factory.RegionOfAsync("no-such-bucket-here", TestContext.Current.CancellationToken));
        Assert.Contains("no-such-bucket-here", error.Message, StringComparison.Ordinal);
    }

    private StorageAddress At(string key) => StorageAddress.Parse($"s3://{bucket}/{key}");

    private static string Drawn(Scratch scratch, int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        File.WriteAllBytes(scratch["file"], bytes);
        return scratch["file"];
    }

    private static async Task<string> HashAsync(Stream content)
    {
        await using (content) return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, TestContext.Current.CancellationToken));
    }

    private sealed class Sum : IProgress<long>
    {
        private long total;

        public long Total => Interlocked.Read(ref total);

        public void Report(long value) => Interlocked.Add(ref total, value);
    }
}
