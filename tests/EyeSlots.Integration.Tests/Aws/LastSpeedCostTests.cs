using EyeSlots.Aws.Costs;
using EyeSlots.Core.Storage;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>What the mailboxes of earlier runs tell of the speed of the next.</summary>
public sealed class LastSpeedCostTests : IDisposable
{
    private readonly Scratch bucket = new();
    private DateTime written = new(2026, 11, 20, 0, 0, 0, DateTimeKind.Utc);

    public void Dispose() => bucket.Dispose();

    [Fact]
    public async Task Speed_OfTheNewestRunThatItsProcessorsBound_IsItsVcpusTimesItsSeconds()
    {
        await PublishAsync("clusters/old/results/0001.succeeded", Result(faces: 100_000, seconds: 500, workers: 2));
        await PublishAsync("clusters/new/results/0002.succeeded", Result(faces: 100_000, seconds: 200, workers: 2));
        var speed = await FindAsync();
        Assert.Equal(1000 * 2 * 16 * 200 / 100_000.0, speed!.Value.Milliseconds);
        Assert.StartsWith("the run of clusters/new/results/0002.succeeded, 2026-11-22", speed.Value.Source, StringComparison.Ordinal);
        Assert.EndsWith(", on 32 vCPU", speed.Value.Source, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Speed_OfAMasterAlone_CountsItsOwnVcpus()
    {
        await PublishAsync("clusters/one/results/0001.succeeded", Result(faces: 50_000, seconds: 100, workers: 0, kilobytes: 10));
        Assert.Equal(1000 * 2 * 100 / 50_000.0, (await FindAsync())!.Value.Milliseconds);
    }

    [Theory]
    [InlineData("clusters/few/results/0001.succeeded", 4999, 10, 2, 50)] // too few images
    [InlineData("clusters/gets/results/0001.succeeded", 500_000, 100, 2, 50)] // 5,000 a second: S3 bound it
    [InlineData("clusters/net/results/0001.succeeded", 40_000, 10, 2, 500)] // 2 GB a second of 1.6
    [InlineData("clusters/none/results/0001.succeeded", 0, 10, 2, 50)] // nothing was made
    [InlineData("clusters/failed/results/0001.failed", 100_000, 100, 2, 50)]
    [InlineData("clusters/Odd/results/0001.succeeded", 100_000, 100, 2, 50)]
    public async Task Speed_OfARunThatTellsNothingOfProcessors_IsPassedOver(string key, long faces, double seconds, int workers, long kilobytes)
    {
        await PublishAsync(key, Result(faces, seconds, workers, kilobytes));
        Assert.Null(await FindAsync());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("no JSON")]
    [InlineData("""{"exitCode":0,"result":[1],"seconds":{},"machineHours":{"master":1,"workers":1}}""")]
    [InlineData("""{"exitCode":0,"result":{"facesMade":"many"},"seconds":{},"machineHours":{"master":1,"workers":1}}""")]
    public async Task Speed_OfADamagedResult_IsTakenFromTheOneBefore(string damaged)
    {
        await PublishAsync("clusters/good/results/0001.succeeded", Result(faces: 100_000, seconds: 500, workers: 2));
        await PublishAsync("clusters/bad/results/0001.succeeded", damaged);
        Assert.Equal(160, (await FindAsync())!.Value.Milliseconds);
    }

    private static string Result(long faces, double seconds, int workers, long kilobytes = 50) => FormattableString.Invariant(
        $$"""{"exitCode":0,"tries":1,"result":{"facesMade":{{faces}},"seconds":{{seconds}},"bytesRead":{{faces * kilobytes * 1000}}},"seconds":{"job":{{seconds}}},"machineHours":{"master":0.1,"workers":0.2},"workers":{{workers}},"vcpus":2}""");

    private Task<ImageSpeed?> FindAsync() =>
        new LastSpeed(new LocalObjectStore(StorageAddress.Parse(bucket.Folder)), PriceFile.Default).FindAsync(TestContext.Current.CancellationToken);

    /// <summary>Each a day after the one before.</summary>
    private async Task PublishAsync(string key, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(bucket[key])!);
        await File.WriteAllTextAsync(bucket[key], content);
        File.SetLastWriteTimeUtc(bucket[key], written = written.AddDays(1));
    }
}
