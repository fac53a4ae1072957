using EyeSlots.Core;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Tests.Annotations;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Jobs;

/// <summary>The whole job, from lists and photographs to a verified generation.</summary>
public sealed class PreprocessRunTests
{
    [Fact]
    public async Task Run_SixtyFaces_CommitsThemAll()
    {
        using var job = Job.Draw();
        var summary = await job.RunAsync();
        Assert.Equal((60, 60, 3, 3, 0), (summary.Faces, summary.Rows!.Value, summary.Shards, summary.ShardsMade, summary.ShardsKept));
        Assert.Equal(("faces", 1, true, "local", false), (summary.Dataset, summary.Generation!.Value, summary.Committed, summary.Engine, summary.DryRun));
        Assert.Empty(summary.Rejected);
        Assert.Equal(job.Input.Files("Manually_Annotated_Images").Values.Sum(file => (long)file.Length), summary.BytesThere);
        Assert.Equal(summary.BytesThere, summary.BytesRead);
        Assert.Equal(job.Published().Values.Sum(file => (long)file.Length), summary.BytesWritten);
        Assert.Equal(4, job.Output.Files().Count);
        Assert.Empty(await job.VerifyAsync());
        var rows = await job.RowsAsync();
        Assert.Equal(15, rows.Count(row => row.Valence is null));
        Assert.All(rows, row => Assert.InRange(row.Theta, -180, 180));
    }

    [Fact]
    public async Task Run_NothingChanged_KeepsAllAndWritesNothing()
    {
        using var job = Job.Draw();
        await job.RunAsync();
        var before = job.Output.Files();
        var again = await job.RunAsync();
        Assert.Equal((3, 0, 3, 1, false), (again.Shards, again.ShardsMade, again.ShardsKept, again.Generation!.Value, again.Committed));
        Assert.Equal((60, 0, 0, 0), (again.Rows!.Value, again.BytesRead, again.BytesThere, again.BytesWritten));
        Assert.Equal(before, job.Output.Files());
    }

    [Fact]
    public async Task Run_Forced_MakesAllAgainAndFindsThemEqual()
    {
        using var job = Job.Draw();
        await job.RunAsync();
        var before = job.Output.Files();
        var again = await job.RunAsync(options => options with { Force = true });
        Assert.Equal((3, 0, 1, false), (again.ShardsMade, again.ShardsKept, again.Generation!.Value, again.Committed));
        Assert.Equal(before, job.Output.Files());
    }

    [Fact]
    public async Task Run_AfterOneImageChanged_RemakesOneShard()
    {
        using var job = Job.Draw();
        await job.RunAsync();
        job.Input.Write("Manually_Annotated_Images/1/7.jpg", DrawnPhotographs.Jpeg(9_999));
        var again = await job.RunAsync();
        Assert.Equal((1, 2, 2, true), (again.ShardsMade, again.ShardsKept, again.Generation!.Value, again.Committed));
        var diff = ManifestDiff.Between(await job.Manifests.LoadAsync("faces", 1), await job.Manifests.LoadAsync("faces", 2));
        Assert.Equal(("list01", "list01", 2), (diff.Added.Single().List, diff.Removed.Single().List, diff.Kept));
        Assert.Empty(await job.VerifyAsync());
    }

    [Fact]
    public async Task Run_OtherParameters_MakesAnotherGenerationBesideTheOld()
    {
        using var job = Job.Draw(lists: 1);
        await job.RunAsync();
        var png = await job.RunAsync(options => options with { Parameters = new() { Format = SlotFormat.Png, Size = new(64, 24) } });
        Assert.Equal((1, 2), (png.ShardsMade, png.Generation!.Value));
        Assert.Empty(await job.VerifyAsync());
        Assert.All(await job.RowsAsync(), row => Assert.Equal((64, 24), (row.Width, row.Height)));
        var back = await job.RunAsync();
        Assert.Equal((0, 1, 3), (back.ShardsMade, back.ShardsKept, back.Generation!.Value));
    }

    [Fact]
    public async Task Run_Dry_WritesNothingAndNeverFailsForMissingImages()
    {
        using var job = Job.Draw();
        job.Row("list00", ListText.Row("none.jpg"));
        foreach (var image in Directory.EnumerateFiles(job.Input.At("Manually_Annotated_Images/2"))) File.Delete(image);
        var summary = await job.RunAsync(options => options with { DryRun = true });
        Assert.Equal((61, 21, 3, true, false), (summary.Faces, summary.Rejected["image-missing"], summary.ShardsMade, summary.DryRun, summary.Committed));
        Assert.Null(summary.Generation);
        Assert.Empty(job.Output.Files());
    }

    [Fact]
    public async Task Run_SeveralFacesOfOneImage_ReadsItOnce()
    {
        using var job = Job.Draw(lists: 1, faces: 1);
        for (var face = 1; face < 5; face++) job.Row("list00", ListText.Row("0/0.jpg", Job.Landmarks(face)));
        var summary = await job.RunAsync();
        Assert.Equal((5, DrawnPhotographs.Jpeg(0).Length, DrawnPhotographs.Jpeg(0).Length), (summary.Rows!.Value, summary.BytesRead, summary.BytesThere));
        Assert.Equal([0, 1, 2, 3, 4], (await job.RowsAsync()).Select(row => row.Key.FaceIndex));
    }

    [Fact]
    public async Task Run_AFolderOfThe2021Layout_IsAListToo()
    {
        using var job = new Job();
        for (var face = 0; face < 8; face++)
        {
            job.Input.Write($"train_set/images/{face}.jpg", DrawnPhotographs.Jpeg(face));
            job.Input.Write($"train_set/annotations/{face}_exp.npy", NpyFile.Wide("()", $"{face}"));
            job.Input.Write($"train_set/annotations/{face}_val.npy", NpyFile.Wide("()", face == 0 ? "-2" : "0.5"));
            job.Input.Write($"train_set/annotations/{face}_aro.npy", NpyFile.Wide("()", "-0.5"));
            job.Input.Write($"train_set/annotations/{face}_lnd.npy", NpyFile.Wide("(136,)", Job.Landmarks(face).Split(';')));
        }

        var summary = await job.RunAsync(options => options with { Lists = Core.Annotations.AnnotationList.ParseAll([job.Input.At("train_set/")]) });
        Assert.Equal((8, 8), (summary.Faces, summary.Rows!.Value));
        Assert.Equal(Enumerable.Range(0, 8).Select(face => $"train_set/images/{face}.jpg"), (await job.RowsAsync()).Select(row => row.Key.ImagePath).Order());
        Assert.Empty(await job.VerifyAsync());
    }

    [Fact]
    public async Task Run_ListsWithoutRows_IsListUnreadable()
    {
        using var job = new Job();
        job.Input.Write("empty.csv", ListText.Header + "\n");
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => job.RunAsync(options => options with
        {
            Lists = Core.Annotations.AnnotationList.ParseAll([job.Input.At("empty.csv")]),
        }));
        Assert.Equal(ErrorCodes.ListUnreadable, error.Code);
        Assert.Empty(job.Output.Files());
    }
}
