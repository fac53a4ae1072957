using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace EyeSlots.Tests.Fuzz;

/// <summary>Mutated images and lists in a child process: no crash, no hang, no growth.</summary>
public sealed partial class FuzzTests(ITestOutputHelper output)
{
    [Fact]
    public async Task MutatedImagesAndLists_NeitherCrashNorHangNorGrow()
    {
        var count = LongRun.Count(20_000, 200_000);
        var program = Path.Combine(SharedFolder.Repository, "artifacts", "bin", "EyeSlots.Benchmarks", "release", "EyeSlots.Benchmarks");
        using var process = Process.Start(new ProcessStartInfo(program, ["fuzz", "--count", $"{count}", "--seed", "1"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (printed, errors) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(LongRun.Count(3, 20)));
        await process.WaitForExitAsync(limit.Token);
        output.WriteLine(await printed);
        Assert.True(process.ExitCode == 0, await printed + (await errors)[^Math.Min(2000, (await errors).Length)..]);
        var memory = Memory().Matches(await printed).Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(2, memory.Length);
        Assert.InRange(memory[1] / memory[0], 0.5, LongRun.IsOn ? 1.05 : 1.25);
    }

    [GeneratedRegex(@"resident ([0-9.]+) MB")]
    private static partial Regex Memory();
}
