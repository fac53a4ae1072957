using EyeSlots.Core.Planning;
using EyeSlots.Tests.Decoding;
using EyeSlots.Tests.Hostile;

namespace EyeSlots.Tests.Cropping;

/// <summary>The start of a photograph gives the crop of the whole, or says that it ran out: whatever kind of file it is, wherever it is cut.</summary>
public sealed class StartOfFileTests(ValidFiles valid) : IClassFixture<ValidFiles>, IDisposable
{
    private readonly StartComparison comparison = new(new JobParameters { MinCoverage = 0 }, Decoded.Memory);

    public void Dispose() => comparison.Dispose();

    [Fact]
    public void Crop_StartsOfSoundBaselines_AreEnoughFromWhatIsNeededOn()
    {
        foreach (var (name, file, eyes) in StartKinds.Baselines(1))
        {
            var before = comparison.Crops;
            var whole = comparison.Compare(file, eyes, LongRun.IsOn ? null : result => StartComparison.Lengths(file, result.BytesNeeded, new Random(file.Length), 60));
            Assert.True(whole.Rejection is null, $"{name}: {whole.Rejection?.Detail}");
            if (whole.BytesNeeded > 0) Assert.True(comparison.Crops > before, name);
            AssertEnough(file, eyes, name);
        }
    }

    [Fact]
    public void Crop_StartsOfAnythingElse_GiveWhatTheWholeGivesOrRanOut()
    {
        foreach (var (_, file, eyes) in StartKinds.Others(2)) comparison.Compare(file, eyes, result => Chosen(file, result.BytesNeeded, 60));
        foreach (var path in Directory.GetFiles(valid.Folder).Order(StringComparer.Ordinal))
        {
            var file = File.ReadAllBytes(path);
            comparison.Compare(file, Geometry.DrawnEyes.At(20, 16, 9, 5), result => Chosen(file, result.BytesNeeded, 30));
        }

        Assert.True(comparison is { Crops: > 100, RanOut: > 1000 }, $"{comparison.Crops} and {comparison.RanOut}");
    }

    [Fact]
    public void Crop_StartsOfDamagedAndCutFiles_GiveWhatTheWholeGivesOrRanOut()
    {
        for (var seed = 0; seed < LongRun.Count(3, 150); seed++)
        {
            foreach (var (_, file, eyes) in StartKinds.Baselines(100 * seed).Concat(seed % 3 == 0 ? StartKinds.Others(seed) : []))
            {
                var random = new Random(seed);
                var damaged = StartKinds.Damaged(file, random);
                comparison.Compare(damaged, eyes, result => StartComparison.Lengths(damaged, result.BytesNeeded, random, 20));
            }
        }

        Assert.True(comparison is { Crops: > 200, RanOut: > 1000 }, $"{comparison.Crops} and {comparison.RanOut}");
    }

    [Fact]
    public async Task Crop_StartsOfRealFaces_AreEnoughFromWhatIsNeededOn()
    {
        foreach (var (name, file, eyes) in (await StartKinds.RealAsync()).Take(LongRun.Count(12, 43)))
        {
            comparison.Compare(file, eyes, result => StartComparison.Lengths(file, result.BytesNeeded, new Random(5), LongRun.Count(10, 2000)));
            AssertEnough(file, eyes, name);
        }
    }

    private static IEnumerable<int> Chosen(byte[] file, long needed, int drawn) => LongRun.IsOn && file.Length < 20_000
        ? Enumerable.Range(0, file.Length)
        : StartComparison.Lengths(file, needed, new Random(file.Length), drawn);

    // Whoever is told how many bytes are needed asks for them: then they must do, and so must more.
    private void AssertEnough(byte[] file, double[] eyes, string name)
    {
        var needed = (int)comparison.Compare(file, eyes, _ => []).BytesNeeded;
        Assert.InRange(needed, 0, file.Length - 1);
        if (needed == 0) return;
        var before = comparison.RanOut;
        var step = 1 + ((file.Length - needed) / 20);
        comparison.Compare(file, eyes, _ => Enumerable.Range(0, 20).Select(turn => needed + (turn * step)).Where(length => length < file.Length && length % 7 != 0));
        Assert.True(comparison.RanOut == before, $"{name}: a start of {needed} bytes or more of {file.Length} ran out.");
    }
}
