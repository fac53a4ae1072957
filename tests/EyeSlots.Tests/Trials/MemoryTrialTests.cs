using EyeSlots.Tests.Tools;
using OpenCvSharp;

namespace EyeSlots.Tests.Trials;

/// <summary>A face that <c>--memory</c> rejected is tried again by a run with another limit.</summary>
public sealed class MemoryTrialTests : IDisposable
{
    private const long Small = 16L << 20, Large = 2L << 30;
    private readonly TempFolder folder = new();
    private readonly Trial given = Trial.Named("reject-stays");

    [Fact]
    public async Task RejectStays_AsItIs_FitsIntoTheSmallLimitByNow() => Assert.Equal((1, 0, 1), await RunAsync(given, Small));

    [Fact]
    public async Task RejectStays_WithMoreMemory_ItIsCutAndThenStays()
    {
        using var trial = Progressive();
        Assert.Equal((1, 1, 1), await RunAsync(trial, Small));
        Assert.Equal((1, 1, 0), await RunAsync(trial, Small));
        Assert.Equal((2, 0, 1), await RunAsync(trial, Large));
        Assert.Equal((2, 0, 0), await RunAsync(trial, Large));
        Assert.Equal((2, 0, 0), await RunAsync(trial, Small));
    }

    [Fact]
    public async Task RejectStays_Forced_IsNoContradictionUnderAnotherLimit()
    {
        using var trial = Progressive();
        Assert.Equal((1, 0, 1), await RunAsync(trial, Large));
        Assert.Equal((2, 1, 1), await RunAsync(trial, Small, force: true));
        Assert.Equal((2, 1, 1), await RunAsync(trial, Small, force: true));
        Assert.Equal((3, 0, 0), await RunAsync(trial, Large));
    }

    public void Dispose()
    {
        given.Dispose();
        folder.Dispose();
    }

    /// <summary>The trial's image as a progressive JPEG, whose coefficients are held whole; PNG is decoded row by row by now.</summary>
    private Trial Progressive()
    {
        using var image = Cv2.ImDecode(File.ReadAllBytes(given.At("big.png")), ImreadModes.Color);
        folder.Write("big.jpg", image.ImEncode(".jpg", new ImageEncodingParam(ImwriteFlags.JpegProgressive, 1)));
        folder.Write("list.csv", File.ReadAllText(given.At("list.csv")).Replace("big.png", "big.jpg", StringComparison.Ordinal));
        return new(folder.Path);
    }

    private static async Task<(int Generation, long Rejected, int Made)> RunAsync(Trial trial, long memory, bool force = false)
    {
        var run = await trial.RunAsync("list.csv", ".", options => options with { MemoryBytes = memory, Force = force });
        Assert.Equal(run.Rejected.Values.Sum(), run.Rejected.GetValueOrDefault("image-too-large"));
        return (run.Generation!.Value, run.Rejected.Values.Sum(), run.ShardsMade);
    }
}
