using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Storage;
using EyeSlots.Tests.Decoding;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Jobs;

/// <summary>Whole runs: what they commit, what they keep, what they reject, and what ends them.</summary>
public sealed class PreprocessRunTests
{
    [Fact]
    public async Task Run_Twice_MakesOnceAndKeepsAll()
    {
        using var run = SmallRun.Of(30);
        var first = await run.RunAsync();
        var files = run.Folder.Files("out");
        var second = await run.RunAsync();
        Assert.Equal((1, true, 30L, 30L), (first.Generation, first.Committed, first.Faces, first.Rows));
        Assert.Equal((1, false, 0, 1), (second.Generation, second.Committed, second.ShardsMade, second.ShardsKept));
        Assert.Equal(files.Keys, run.Folder.Files("out").Keys);
    }

    [Fact]
    public async Task Run_AfterAnImageChanged_CommitsTheNextGeneration()
    {
        using var run = SmallRun.Of(10);
        await run.RunAsync();
        run.Folder.Write("images/3.jpg", SmallRun.Photograph(77));
        var second = await run.RunAsync();
        Assert.Equal((2, true, 1), (second.Generation, second.Committed, second.ShardsMade));
    }

    [Fact]
    public async Task Run_OnEveryDefect_GivesEachItsCode()
    {
        using var run = SmallRun.Of(3);
        run.Add("../escape.jpg", null);
        run.Add("few.jpg", SmallRun.Photograph(1), ListText.Row("few.jpg", "1;2;3"));
        run.Add("missing.jpg", null);
        run.Add("empty.jpg", []);
        run.Add("Thumbs.db", [0xD0, 0xCF, 0x11, 0xE0, 1, 2, 3, 4]);
        run.Add("cut.jpg", SmallRun.Photograph(2)[..400]);
        run.Add("bomb.jpg", Bomb());
        run.Add("outside.jpg", SmallRun.Photograph(4), ListText.Row("outside.jpg", ListText.Landmarks(120, 500)));
        run.Add("link.jpg", null);
        run.Folder.Write("secret.jpg", SmallRun.Photograph(5));
        File.CreateSymbolicLink(run.Folder.At("images/link.jpg"), run.Folder.At("secret.jpg"));
        var summary = await run.RunAsync();
        Assert.Equal(3, summary.Rows);
        Assert.Equal(
            "annotation-invalid 2, image-empty 1, image-missing 1, image-too-large 1, image-unreadable 2, landmarks-invalid 1, slot-outside 1",
            string.Join(", ", summary.Rejected.Where(code => code.Value > 0).Select(code => $"{code.Key} {code.Value}")));
    }

    [Fact]
    public async Task Run_WithMoreRejectsThanAllowed_CommitsNothing()
    {
        using var run = SmallRun.Of(9);
        run.Add("empty.jpg", []);
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => run.RunAsync(options => options with { MaxRejected = 0.05 }));
        Assert.Equal(ErrorCodes.TooManyRejected, error.Code);
        Assert.Contains("image-empty 1", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Published(), key => key.StartsWith("manifests", StringComparison.Ordinal) || key.StartsWith("plans", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_WhoseImagesAreElsewhere_FailsBeforeItMakesAnything()
    {
        using var run = new SmallRun();
        for (var face = 0; face < 10; face++) run.Add($"{face}.jpg", null);
        Assert.Equal(ErrorCodes.TooManyRejected, (await Assert.ThrowsAsync<EyeSlotsException>(() => run.RunAsync(options => options with { MaxRejected = 0.05 }))).Code);
        Assert.Empty(run.Published());
    }

    [Fact]
    public async Task Run_WhileAnImageChanges_EndsWithImageChangedAndTheNextPicksItUp()
    {
        using var run = SmallRun.Of(12);
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => run.RunAsync(images: inner => new ChangesOnFirstRead(inner, () => run.Folder.Write("images/5.jpg", SmallRun.Photograph(99)))));
        Assert.Equal(ErrorCodes.ImageChanged, error.Code);
        Assert.Empty(run.Published());
        Assert.Equal(12, (await run.RunAsync()).Rows);
    }

    [Fact]
    public async Task DryRun_WritesNothing()
    {
        using var run = SmallRun.Of(5);
        var summary = await run.RunAsync(options => options with { DryRun = true });
        Assert.Equal((5L, 1, 0), (summary.Faces, summary.ShardsMade, summary.ShardsKept));
        Assert.False(Directory.Exists(run.Folder.At("out")));
    }

    [Fact]
    public async Task Run_Cancelled_LeavesNoTraceOfItselfAndTheNextGoesOn()
    {
        using var run = SmallRun.Of(12);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.RunAsync(images: inner => new ChangesOnFirstRead(inner, stop.Cancel), cancellation: stop.Token));
        Assert.DoesNotContain(run.Published(), key => key.EndsWith(".tmp", StringComparison.Ordinal) || key.StartsWith("plans", StringComparison.Ordinal));
        Assert.True((await run.RunAsync()).Committed);
    }

    [Fact]
    public async Task EmptyLists_AreAnError()
    {
        using var run = new SmallRun();
        Assert.Equal(ErrorCodes.ListUnreadable, (await Assert.ThrowsAsync<EyeSlotsException>(() => run.RunAsync())).Code);
    }

    private static byte[] Bomb()
    {
        var file = SmallRun.Photograph(3);
        file.AsSpan(file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 5, 4).Fill(0xFF);
        return file;
    }

    // The plan has been made when the first image is read.
    private sealed class ChangesOnFirstRead(IObjectStore inner, Action change) : WrappedStore(inner)
    {
        private int reads;

        public override ValueTask<ReadOutcome> ReadAsync(string key, ObjectStat? expected, ByteBuffer buffer, long maxBytes, CancellationToken cancellation = default)
        {
            if (Interlocked.Increment(ref reads) == 1) change();
            return base.ReadAsync(key, expected, buffer, maxBytes, cancellation);
        }
    }
}
