using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests.Storage;
using EyeSlots.Tests.Jobs.Interleavings;

namespace EyeSlots.Integration.Tests.Jobs;

/// <summary>Runs, repairs and collections of garbage beside each other on S3: a part of the calls in the short form.</summary>
public sealed class S3InterleavingTests(S3Server s3, ITestOutputHelper output) : IAsyncLifetime
{
    private readonly string bucket = S3Names.Bucket();
    private int roots;

    [Fact]
    public async Task AllPairs_OnS3_EndSound()
    {
        using var pairs = new Pairs(OpenAsync, LongRun.Count(9, 1));
        output.WriteLine($"{await pairs.AllAsync()} interleavings on S3");
    }

    [Fact]
    public async Task BothStopped_OnS3_EndSound()
    {
        using var pairs = new Pairs(OpenAsync, LongRun.Count(16, 5));
        output.WriteLine($"{await pairs.BothStopAsync()} interleavings on S3");
    }

    public async ValueTask InitializeAsync() => await s3.CreateBucketAsync(bucket);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<IObjectStore> OpenAsync() => Task.FromResult(s3.Factory.Open(StorageAddress.Parse($"s3://{bucket}/{Interlocked.Increment(ref roots)}")));
}
