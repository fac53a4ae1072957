using System.Text.Json.Nodes;
using EyeSlots.Core;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests.Storage;

namespace EyeSlots.Integration.Tests.Jobs;

/// <summary>Two commits that start together make one generation; the loser ends well or as superseded.</summary>
public sealed class CommitRaceTests(S3Server s3)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Races_InAFolder_MakeOneGenerationEach(bool equal)
    {
        using var scratch = new Scratch();
        await RaceAsync(new LocalObjectStore(StorageAddress.Parse(scratch.Folder)), new LocalObjectStore(StorageAddress.Parse(scratch.Folder)), equal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Races_OnS3_MakeOneGenerationEach(bool equal)
    {
        var bucket = $"race-{Guid.NewGuid():N}";
        await s3.CreateBucketAsync(bucket);
        using var other = s3.Connect();
        await RaceAsync(s3.Factory.Open(StorageAddress.Parse($"s3://{bucket}")), other.Open(StorageAddress.Parse($"s3://{bucket}")), equal);
    }

    private static async Task RaceAsync(IObjectStore one, IObjectStore two, bool equal)
    {
        var races = LongRun.Count(40, 1000);
        for (var race = 0; race < races; race++)
        {
            var dataset = $"race-{race}";
            using var start = new Barrier(2);
            var ends = await Task.WhenAll(
                Task.Run(() => CommitAsync(one, Candidate(dataset, "a"), start)), Task.Run(() => CommitAsync(two, Candidate(dataset, equal ? "a" : "b"), start)));
            Assert.Equal(equal ? "Committed,Kept" : "Committed,superseded", string.Join(',', ends.Order(StringComparer.Ordinal)));
            Assert.Equal([1], await new ManifestStore(one).GenerationsAsync(dataset));
        }
    }

    private static async Task<string> CommitAsync(IObjectStore store, Manifest candidate, Barrier start)
    {
        start.SignalAndWait();
        try
        {
            return (await new ManifestStore(store).CommitAsync(candidate, before: null)).Committed ? "Committed" : "Kept";
        }
        catch (EyeSlotsException error) when (error.Code == ErrorCodes.Superseded)
        {
            return error.Code;
        }
    }

    private static Manifest Candidate(string dataset, string mark) => new(
        dataset, 0, new(new JsonObject { ["mark"] = mark }, ManifestTotals.Of([]), []), new("local", 0, 0, TimeProvider.System.GetUtcNow(), 0, "test"));
}
