using EyeSlots.Core.Manifests;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Tests.Jobs;

namespace EyeSlots.Tests.Manifests;

/// <summary>Whatever is wrong with a generation is found.</summary>
public sealed class DatasetVerifierTests
{
    [Fact]
    public async Task SoundDataset_HasNoProblem()
    {
        using var run = await MadeAsync();
        Assert.Empty(await VerifyAsync(run, await run.ManifestAsync()));
    }

    [Theory]
    [InlineData("shards")]
    [InlineData("quarantine")]
    public async Task MissingFile_IsFound(string folder)
    {
        using var run = await MadeAsync();
        File.Delete(run.Folder.At("out/" + run.Published().First(key => key.StartsWith(folder, StringComparison.Ordinal))));
        Assert.NotEmpty(await VerifyAsync(run, await run.ManifestAsync()));
    }

    [Theory]
    [InlineData("shards")]
    [InlineData("quarantine")]
    public async Task ChangedByte_IsFoundWhereverItIs(string folder)
    {
        using var run = await MadeAsync();
        var path = run.Folder.At("out/" + run.Published().First(key => key.StartsWith(folder, StringComparison.Ordinal)));
        var sound = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var manifest = await run.ManifestAsync();
        for (var at = 0; at < sound.Length; at += Math.Max(1, sound.Length / 40))
        {
            var changed = (byte[])sound.Clone();
            changed[at] ^= 0x10;
            await File.WriteAllBytesAsync(path, changed, TestContext.Current.CancellationToken);
            Assert.NotEmpty(await VerifyAsync(run, manifest));
        }
    }

    [Fact]
    public async Task FaceThatIsThereTwice_AndTotalsThatAreNoSums_AreFound()
    {
        using var run = await MadeAsync();
        var manifest = await run.ManifestAsync();
        var twice = manifest with { Content = manifest.Content with { Shards = [.. manifest.Content.Shards, .. manifest.Content.Shards] } };
        var problems = await VerifyAsync(run, twice);
        Assert.Contains(problems, problem => problem.Detail.Contains("more than once", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Detail.Contains("totals", StringComparison.Ordinal));
    }

    private static async Task<SmallRun> MadeAsync()
    {
        var run = SmallRun.Of(12);
        run.Add("empty.jpg", []);
        await run.RunAsync();
        return run;
    }

    private static Task<IReadOnlyList<VerifyProblem>> VerifyAsync(SmallRun run, Manifest manifest) =>
        new DatasetVerifier(run.Output, (row, format) => SlotDecoder.ToBgr(row.Slot, format, row.Width, row.Height) is not null).VerifyAsync(manifest, null, TestContext.Current.CancellationToken);
}
