using System.Diagnostics;

namespace EyeSlots.Tests.Fuzz;

/// <summary>
/// The native part under AddressSanitizer and UndefinedBehaviorSanitizer, in a child process: hostile files, sizes, strides, maps and
/// lengths for every function, on memory that lies between pages nobody may touch; then mutated images as the job reads them, and
/// files of our own (shards, quarantine files, manifests, plans, slices, crops) as every command does.
/// </summary>
public sealed class SanitizedPixelsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("fuzz pixels", 20_000, 500_000)]
    [InlineData("fuzz", 2_000, 100_000)]
    [InlineData("fuzz files", 4_000, 500_000)]
    public async Task NativePart_HostileInput_IsFoundFaultlessBySanitizers(string what, int shortCount, int longCount)
    {
        var script = Path.Combine(SharedFolder.Repository, "build", "sanitized.sh");
        string[] arguments = ["EyeSlots.Benchmarks", .. what.Split(' '), "--count", $"{LongRun.Count(shortCount, longCount)}", "--seed", "7"];
        using var process = Process.Start(new ProcessStartInfo(script, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (printed, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        output.WriteLine(await printed);
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', arguments)} ended with {process.ExitCode}. {await printed} {Head(await errors)}");
    }

    private static string Head(string text) => text[..Math.Min(4000, text.Length)];
}
