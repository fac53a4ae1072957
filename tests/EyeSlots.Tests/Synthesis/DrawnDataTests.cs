using System.Security.Cryptography;
using System.Text;
using CsCheck;
using EyeSlots.Preprocessing.Synthesis;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Synthesis;

/// <summary>A seed draws one data set, on every machine and until it is said otherwise: figures of benchmarks rest on it.</summary>
public sealed class DrawnDataTests
{
    public static TheoryData<SynthOptions, string> Golden => new()
    {
        { new() { Faces = 60, Seed = 5, Defects = 0.2, SmallestSide = 80, LargestSide = 300 }, "21301e789c44803c140bf1400e1fe7c6a902dfd5b4b92f91b59b68d3adbae947" },
        { new() { Faces = 60, Seed = 7, Defects = 0.2, SmallestSide = 80, LargestSide = 300, Layout = SynthLayout.Folders2021 }, "3024fd45e9e910603c6d6501a0d672719edd73f794bee41a7eb28183b46963de" },
        { new() { Faces = 40, Seed = 9, Side = 425, Noise = 0.3, Layout = SynthLayout.Csv2017Hash, Nesting = 2 }, "5b6647414ed4b235d1a4fccbff556143f4cf80e487f3386f48b2b071c6376e62" },
        { new() { Faces = 60, Seed = 3, Side = 300, Variety = 1, Leaks = 0.1, Defects = 0.1 }, "8baae49553c6f208f914851cc22e8a1218a550953c0c96a9b74e2f86a732852f" },
        { new() { Faces = 110, Seed = 2, Sizes = SynthSizes.AffectNet }, "2fda7755bcf68da71fb3cabba91495b83be156e238c908f732d46e2ae362cf01" },
    };

    [Theory]
    [MemberData(nameof(Golden), DisableDiscoveryEnumeration = true)]
    public void Run_OfASeed_GivesTheGoldenListsAndImages(SynthOptions options, string golden)
    {
        using var folder = new TempFolder();
        new Synthesizer().Run(options, folder.Path, null);
        var files = Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Where(path => Path.GetExtension(path) != ".json").Order(StringComparer.Ordinal);
        var hash = Hash(files, folder.Path);
        Assert.True(hash == golden, $"A seed draws other files than before ({hash}): what was measured on drawn data cannot be compared with what will be.");
    }

    [Fact]
    public void Ln_OfAnyNumber_IsTheLogarithm() => Seeded.ForAll(Gen.Double[1e-300, 1], 2000, value =>
    {
        Assert.Equal(Math.Log(value), Draws.Ln(value), 2e-15 * Math.Max(1, Math.Abs(Math.Log(value))));
        Assert.Equal(Math.Log(1 / value), Draws.Ln(1 / value), 2e-15 * Math.Max(1, Math.Abs(Math.Log(value))));
    });

    [Fact]
    public void Exp_OfAnyNumber_IsThePower() => Seeded.ForAll(Gen.Double[-600, 600], 2000, value =>
        Assert.Equal(1, Draws.Exp(value) / Math.Exp(value), 2e-15 * Math.Max(1, Math.Abs(value))));

    [Fact]
    public void LogUniform_OfADraw_IsThePowerOfIt()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var draw = new Random(seed).NextDouble();
            Assert.Equal(224 * Math.Pow(956 / 224.0, draw), Draws.LogUniform(new Random(seed), 224, 956), 1e-9);
        }
    }

    private static string Hash(IEnumerable<string> files, string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(folder, path)));
            hash.AppendData(File.ReadAllBytes(path));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
