using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Integration.Tests.Storage;

namespace EyeSlots.Training.Tests.Runs;

/// <summary>S3 that goes away while a run reads it.</summary>
[Collection(TrainerRuns.Name)]
public sealed class LostStoreTests(TrainingSet set, S3Server server)
{
    [Fact]
    public async Task S3_ThatGoesAwayWithinAnEpochAndComesBack_ChangesNothingOfTheRun()
    {
        using var scratch = new Scratch();
        var root = await UploadAsync();
        var away = 0;
        await using var proxy = new FaultyProxy(server.Endpoint, _ => Interlocked.Decrement(ref away) > 0 ? Fault.ResetBefore : Fault.None);
        using var process = Start(proxy, root, scratch["run"]);
        Assert.True(TrainerProcess.WaitFor(process, () => File.Exists(scratch["run/metrics.jsonl"])));
        Volatile.Write(ref away, 5);
        var result = await EyeSlotsProgram.EndAsync(process);
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        Assert.True(proxy.Counts.GetValueOrDefault(Fault.ResetBefore) > 0);
        set.AssertEndedLikeUndisturbed(scratch["run"]);
    }

    [Fact]
    public async Task S3_ThatGoesAwayForGood_IsStorageFailedAndTheRunGoesOnFromItsCheckpoint()
    {
        using var scratch = new Scratch();
        var root = await UploadAsync();
        var isAway = false;
        await using var proxy = new FaultyProxy(server.Endpoint, _ => Volatile.Read(ref isAway) ? Fault.ResetBefore : Fault.None);
        using (var process = Start(proxy, root, scratch["run"]))
        {
            Assert.True(TrainerProcess.WaitFor(process, () => File.Exists(scratch["run/metrics.jsonl"])));
            Volatile.Write(ref isAway, true);
            TrainerProcess.AssertFailed(await EyeSlotsProgram.EndAsync(process), ErrorCodes.StorageFailed, "cannot be reached");
        }

        Assert.Single(Pins(root)); // so that gc leaves what the resume needs
        Volatile.Write(ref isAway, false);
        using var resumed = Start(proxy, root, scratch["run"], "--resume");
        var result = await EyeSlotsProgram.EndAsync(resumed);
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        set.AssertEndedLikeUndisturbed(scratch["run"]);
        Assert.Empty(Pins(root));
    }

    private SortedDictionary<string, string> Pins(string root) => Scratch.Tree(Path.Combine(server.DataFolder, root["s3://".Length..]), "pins");

    private System.Diagnostics.Process Start(FaultyProxy proxy, string root, string run, params string[] more) =>
        TrainerProcess.Start(
            new Dictionary<string, string>(server.EnvironmentVariables) { ["AWS_ENDPOINT_URL_S3"] = proxy.Endpoint.AbsoluteUri }, set.LineAt(root, run, more));

    private async Task<string> UploadAsync()
    {
        var bucket = $"b-{Guid.NewGuid():N}";
        await server.CreateBucketAsync(bucket);
        var root = $"s3://{bucket}/data";
        var store = server.Factory.Open(StorageAddress.Parse(root));
        foreach (var folder in (string[])["manifests", "shards"])
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(set.Root, folder), "*", SearchOption.AllDirectories))
                await store.PublishAsync(Path.GetRelativePath(set.Root, file), File.ReadAllBytes(file));
        }

        return root;
    }
}
