using System.Diagnostics;
using System.Security.Cryptography;
using EyeSlots.Training.Augmentation;

namespace EyeSlots.Training.Tests.Augmentation;

/// <summary>
/// A seed gives the same inputs on every machine and in every release: what was trained on once is trained on again. The native part on other
/// processors: <c>SampledElsewhereTests</c>.
/// </summary>
public sealed class KnownInputsTests
{
    private const int Seeds = 200;
    private static readonly AugmentationOptions All = new() { Cutout = 0.5 };

    [Fact]
    public void Inputs_OfKnownSeeds_HaveTheKnownHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var augmenter = new Augmenter(All, InputShape.Default);
        var input = new byte[InputShape.Default.Bytes];
        for (var seed = 0; seed < Seeds; seed++)
        {
            var (width, height) = (60 + seed, 30 + (seed % 70));
            var drawn = augmenter.Draw(FaceSeed.Of(FaceSeed.OfEpoch(1, seed % 9), (ulong)seed), width, height);
            CropSampler.Sample(Waves(width, height), width, height, drawn, InputShape.Default, input);
            hash.AppendData(input);
            hash.AppendData([(byte)drawn.Cutout.X0, (byte)drawn.Cutout.Y0, (byte)drawn.Cutout.X1, (byte)drawn.Cutout.Y1]);
        }

        Assert.Equal("a034dce0b56d289ae25b2d8d456c78f718328a90cfaac553ba62b6b9e6f6e340", Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>The same test in a process whose runtime leaves instructions unused.</summary>
    [Theory]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableFMA")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    [InlineData("DOTNET_ReadyToRun")]
    public void Inputs_WhereTheRuntimeLacksInstructions_HaveTheKnownHash(string variable)
    {
        var method = $"{typeof(KnownInputsTests).FullName}.{nameof(Inputs_OfKnownSeeds_HaveTheKnownHash)}";
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["-method", method]) { RedirectStandardOutput = true };
        start.Environment[variable] = "0";
        using var process = Process.Start(start)!;
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0 && printed.Contains("Total: 1, Errors: 0, Failed: 0", StringComparison.Ordinal), printed);
    }

    private static byte[] Waves(int width, int height)
    {
        var bgr = new byte[3 * width * height];
        for (var at = 0; at < bgr.Length; at++) bgr[at] = (byte)((at * at / 7) + (at % width * 3));
        return bgr;
    }
}
