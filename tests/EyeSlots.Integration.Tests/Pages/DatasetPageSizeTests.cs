using System.Diagnostics;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Integration.Tests.Jobs;

namespace EyeSlots.Integration.Tests.Pages;

/// <summary>The page of a dataset streams: what it needs does not grow with the faces.</summary>
public sealed class DatasetPageSizeTests(DrawnFaces drawn, ITestOutputHelper output)
{
    private const double MB = 1 << 20;

    [Fact]
    public async Task Page_OfAHundredTimesTheFaces_TakesAFifthMoreMemoryAtMost()
    {
        using var scratch = new Scratch();
        await JobRuns.RunAsync(drawn.Of(new() { Faces = 4000, Seed = 8 }), scratch["out"]);
        var few = await MeasureAsync(scratch, "few", 10_000);
        var many = await MeasureAsync(scratch, "many", LongRun.Count(100_000, 1_000_000));
        Assert.True(many <= 1.2 * few, $"{few / MB:F1} MB, then {many / MB:F1} MB");
    }

    private async Task<long> MeasureAsync(Scratch scratch, string name, long faces)
    {
        var crops = await RepeatedShards.MakeAsync(scratch["out"], scratch[name], faces);
        var started = Stopwatch.GetTimestamp();
        var peak = await PeakMemory.OfAsync("report", "--data", scratch[name], "--out", scratch[$"{name}.html"]);
        output.WriteLine($"{crops} crops: {peak / MB:F1} MB, {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s, page of {new FileInfo(scratch[$"{name}.html"]).Length} bytes");
        return peak;
    }
}
