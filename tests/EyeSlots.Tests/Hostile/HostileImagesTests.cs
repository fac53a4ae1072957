using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Hostile;

/// <summary>
/// Hostile values in every field of every format's headers: the process that cuts them neither dies nor grows, and what it accepts are the
/// pixels that another decoder finds.
/// </summary>
public sealed partial class HostileImagesTests(ValidFiles valid, ITestOutputHelper output) : IClassFixture<ValidFiles>
{
    private const int Seed = 1;
    private const int AChild = 20_000;
    private const long MostMegabytes = 600;

    [Theory]
    [InlineData("png")]
    [InlineData("bmp")]
    [InlineData("tiff")]
    [InlineData("webp")]
    [InlineData("jpeg")]
    public async Task Crop_HostileFiles_NeitherEndTheProcessNorGrowNorGiveOtherPixels(string format)
    {
        var count = LongRun.Count(20_000, 200_000);
        output.WriteLine($"{format}: seed {Seed}, numbers 0 to {count - 1}");
        for (var first = 0; first < count; first += AChild) await RunAsync(format, first, Math.Min(AChild, count - first));
    }

    private async Task RunAsync(string format, int first, int count)
    {
        using var scratch = new TempFolder();
        var work = Path.Combine(scratch.Path, "work");
        using var child = Start(Environment.ProcessPath!, [HostileChild.Name, format, valid.Folder, $"{Seed}", $"{first}", $"{count}", work], readsInput: false);
        using var reference = Start("/usr/bin/python3", [ValidFiles.Script("compare.py"), format, scratch.Path], readsInput: true);
        var (ends, judgement, errors) = (child.StandardError.ReadToEndAsync(), reference.StandardOutput.ReadToEndAsync(), reference.StandardError.ReadToEndAsync());
        await child.StandardOutput.BaseStream.CopyToAsync(reference.StandardInput.BaseStream, TestContext.Current.CancellationToken);
        reference.StandardInput.Close();
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        await reference.WaitForExitAsync(TestContext.Current.CancellationToken);
        output.WriteLine(await ends + await judgement);
        Assert.True(child.ExitCode == 0, $"{format}, seed {Seed}: the process ended with {child.ExitCode} at file {File.ReadAllText(work)}. {await ends}");
        Assert.DoesNotMatch(Alien(), await ends);
        Assert.InRange(long.Parse(Peak().Match(await ends).Groups[1].Value, CultureInfo.InvariantCulture), 1, MostMegabytes);
        Assert.True(reference.ExitCode == 0, await errors);
        var counts = Array.ConvertAll(Counts().Match(await judgement).Groups.Values.Skip(1).ToArray(), group => int.Parse(group.Value, CultureInfo.InvariantCulture));
        Assert.Equal(0, counts[1]);
        Assert.InRange(counts[2], 0, counts[0] / 100); // what Pillow refuses for reasons of its own: metadata, a sum that is cut off
        Assert.True(counts[0] > count / 100, "Hardly a file gave a crop.");
    }

    private static Process Start(string program, string[] arguments, bool readsInput) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = readsInput, RedirectStandardOutput = true, RedirectStandardError = true })!;

    /// <summary>A line that is not the child's: libraries print nothing.</summary>
    [GeneratedRegex(@"^(?!\d+ |peak )[^\n]", RegexOptions.Multiline)]
    private static partial Regex Alien();

    [GeneratedRegex(@"peak (\d+) MB")]
    private static partial Regex Peak();

    [GeneratedRegex(@"compared (\d+) differ (\d+) unjudged (\d+)\s*$")]
    private static partial Regex Counts();
}
