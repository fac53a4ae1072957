using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;

namespace EyeSlots.Integration.Tests.Containers;

/// <summary>The program's image: what is in it, what it needs, who it runs as.</summary>
public sealed partial class ImageTests(ContainerEngine engine)
{
    /// <summary>That of Amazon Linux 2023; stock Spark images have a later one.</summary>
    private static readonly Version OldestGlibc = new(2, 34);

    /// <summary>What neither runs nor belongs in it.</summary>
    private const string Unwanted = """
        for program in gcc cc ld as make dotnet patchelf brotli; do command -v $program; done
        find / -xdev '(' -name '*.dbg' -o -name '*.pdb' -o -name '*.xml' -path '/opt/*' -o -name 'libSystem*.so' -o -path '/var/lib/apt/lists/*' ')'
        true
        """;

    [Fact]
    public async Task ProgramWorkerAndLibraries_NeedNoGlibcAbove234()
    {
        using var scratch = new Scratch();
        await EyeSlotsImage.OfThisMachineAsync();
        string[] files = [.. Programs(EyeSlotsImage.Files), .. await UnpackWorkerAsync(scratch.Folder)];
        Assert.Equal(
            ["eyeslots", "libOpenCvSharpExtern.so", "libOpenCvSharpExtern.so", "libeyeslots_pixels.so", "libeyeslots_pixels.so", "worker"],
            files.Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        foreach (var file in files) Assert.InRange(await GlibcOfAsync(file), new(2, 2), OldestGlibc);
    }

    [Fact]
    public async Task Image_IsSmallRunsAsUser185AndHoldsNothingOfTheBuild()
    {
        var image = await EyeSlotsImage.OfThisMachineAsync();
        await using var container = await engine.RunAsync(image, ["--entrypoint", "sleep"], "600");
        Assert.Equal("185\n", (await container.ExecAsync("id", "-u")).Output);
        var found = await container.ExecAsync("sh", "-c", Unwanted);
        Assert.Equal((0, ""), (found.ExitCode, found.Output));
        Assert.Contains("preprocess", (await container.ExecAsync("/opt/eyeslots/eyeslots", "--help")).Output, StringComparison.Ordinal);
        foreach (var file in Programs(EyeSlotsImage.Files))
            Assert.DoesNotContain(".symtab", await ToolProcess.DemandAsync("readelf", ["--wide", "--sections", file]), StringComparison.Ordinal);
        Assert.InRange(await SizeAsync(image) - await SizeAsync(StockImages.Debian), 0, 220_000_000);
    }

    /// <summary>In the short form only that the build's context has every file that a project takes from outside <c>src</c>.</summary>
    [Fact]
    public async Task Image_BuiltFromSourceThroughEveryStage_Draws()
    {
        await using (var container = await engine.RunAsync(EyeSlotsImage.Context(), [], "sleep", "600"))
        {
            var files = Directory.EnumerateFiles(Path.Combine(SharedFolder.Repository, "src"), "*.csproj", SearchOption.AllDirectories)
                .SelectMany(project => OutsideOfSource().Matches(File.ReadAllText(project)).Select(match => match.Groups["file"].Value)).ToList();
            Assert.NotEmpty(files);
            var found = await container.ExecAsync("sh", "-c", $"cd /source && ls eyeslots build/pack-program.sh {string.Join(' ', files)}");
            Assert.True(found.ExitCode == 0, found.Errors);
        }

        if (LongRun.IsOn) await BuildFromSourceAsync();
    }

    private async Task BuildFromSourceAsync()
    {
        await using (var container = await engine.RunAsync(EyeSlotsImage.FromSource(), [], "synth", "--out", "drawn", "--faces", "5"))
            Assert.True(await container.EndAsync(TimeSpan.FromMinutes(2)) == 0, await container.LogsAsync());
        // The build leaves the container of its first stage, which holds the image of the SDK.
        await engine.PodmanAsync("image", "rm", "--force", EyeSlotsImage.FromSource().Name, EyeSlotsImage.SdkName);
    }

    private async Task<long> SizeAsync(ImageRecipe image) =>
        long.Parse(await engine.PodmanAsync("image", "inspect", "--format", "{{.Size}}", await engine.ImageAsync(image)), CultureInfo.InvariantCulture);

    private static IEnumerable<string> Programs(string folder) => Directory.EnumerateFiles(folder).Where(file => !file.EndsWith(".tar", StringComparison.Ordinal));

    private static async Task<IEnumerable<string>> UnpackWorkerAsync(string folder)
    {
        await ToolProcess.DemandAsync("tar", ["-xf", Path.Combine(EyeSlotsImage.Files, "worker.tar"), "-C", folder]);
        var parts = Directory.GetFiles(folder, "*.br");
        await using (var whole = File.Create(Path.Combine(folder, "libOpenCvSharpExtern.so")))
        {
            foreach (var part in parts.Order(StringComparer.Ordinal))
            {
                await using var packed = new BrotliStream(File.OpenRead(part), CompressionMode.Decompress);
                await packed.CopyToAsync(whole);
            }
        }

        return Directory.EnumerateFiles(folder).Except(parts);
    }

    private static async Task<Version> GlibcOfAsync(string file)
    {
        var symbols = await ToolProcess.DemandAsync("objdump", ["-T", file]);
        return Glibc().Matches(symbols).Select(symbol => Version.Parse(symbol.Groups["version"].ValueSpan)).Max()!;
    }

    [GeneratedRegex(@"Include=.\.\./\.\./(?<file>[\w./*-]+)")]
    private static partial Regex OutsideOfSource();

    [GeneratedRegex(@"\bGLIBC_(?<version>\d+(\.\d+)+)")]
    private static partial Regex Glibc();
}
