using EyeSlots.Preprocessing.Synthesis;

namespace EyeSlots.Integration.Tests.Jobs;

/// <summary>The same input gives the same bytes on every processor and with every C library: the fingerprint names neither.</summary>
public sealed class ProcessorTests(ProcessorTests.OwnBytes own) : IClassFixture<ProcessorTests.OwnBytes>
{
    private const int Faces = 4000;

    /// <summary>An emulated processor takes some forty times as long.</summary>
    private static readonly int FewFaces = LongRun.Count(96, 480);

    /// <summary>In the long form another Debian too, with another C library and OpenSSL: it takes a minute to install.</summary>
    private static readonly Processor[] AtFullSpeed = [.. Processor.Masked, .. LongRun.IsOn ? [OtherDebian.Processor] : (Processor[])[]];

    public static TheoryData<string> Masked => [.. AtFullSpeed.Select(processor => processor.Name)];

    public static TheoryData<string> Emulated => [.. Processor.Emulated.Select(processor => processor.Name)];

    [Theory]
    [MemberData(nameof(Masked))]
    public Task Bytes_OnAMaskedProcessor_AreTheSame(string name) => AssertSameAsync(AtFullSpeed.Single(processor => processor.Name == name), Faces);

    [Theory]
    [MemberData(nameof(Emulated))]
    public Task Bytes_OnAnEmulatedProcessor_AreTheSame(string name) =>
        AssertSameAsync(Processor.Emulated.Single(processor => processor.Name == name), FewFaces);

    private async Task AssertSameAsync(Processor processor, int faces)
    {
        using var scratch = new Scratch();
        await MakeAsync(processor, own.Photographs(faces), scratch.Folder);
        var expected = await own.OfAsync(faces);
        JobRuns.AssertSameBytes(Path.Combine(expected, "out"), scratch["out"]);
        Assert.Equal(Drawn(expected), Drawn(scratch.Folder));
    }

    // All crops, and drawn data sets with every defect and with all that differs between persons.
    private static async Task MakeAsync(Processor processor, SynthSummary photographs, string folder)
    {
        foreach (var (at, options) in Crops().Index())
        {
            await processor.RunAsync(JobRuns.Arguments(photographs, Path.Combine(folder, "out"), ["--dataset", $"crops-{at}", .. options]));
        }

        var images = (photographs.Faces / 2).ToString(System.Globalization.CultureInfo.InvariantCulture);
        await processor.RunAsync("synth", "--out", Path.Combine(folder, "drawn"), "--faces", images, "--defects", "0.1");
        await processor.RunAsync("synth", "--out", Path.Combine(folder, "people"), "--faces", images, "--variety", "1");
    }

    // Each format with each angle and with sizes that shrink, grow, and do both; in the long form each with each.
    private static IEnumerable<string[]> Crops()
    {
        string[] formats = ["jpeg", "png", "raw"], angles = ["min-area", "eye-line"];
        string[][] sizes = [[], ["--size", "40x16"], ["--size", "300x200"], ["--size", "30x200"]];
        var all = from format in formats.Index() from angle in angles.Index() from size in sizes.Index() select (format, angle, size);
        return all.Where(crop => LongRun.IsOn || crop.size.Index == ((2 * crop.angle.Index) + crop.format.Index) % sizes.Length)
            .Select(crop => (string[])["--format", crop.format.Item, "--angle", crop.angle.Item, .. crop.size.Item]);
    }

    private static SortedDictionary<string, string> Drawn(string folder)
    {
        SortedDictionary<string, string> all = [];
        foreach (var set in (string[])["drawn", "people"])
        {
            foreach (var (path, hash) in Scratch.Tree(Path.Combine(folder, set), "")) all.Add($"{set}/{path}", hash);
            Assert.True(all.Remove($"{set}/synth.json")); // names its folder
        }

        return all;
    }

    /// <summary>What this machine makes as it is, once for all tests.</summary>
    public sealed class OwnBytes : IDisposable
    {
        private readonly Scratch scratch = new();
        private readonly Dictionary<int, (SynthSummary Photographs, Lazy<Task<string>> Made)> made = [];

        public SynthSummary Photographs(int faces) => Of(faces).Photographs;

        /// <summary>The folder that holds it.</summary>
        public Task<string> OfAsync(int faces) => Of(faces).Made.Value;

        public void Dispose() => scratch.Dispose();

        private (SynthSummary Photographs, Lazy<Task<string>> Made) Of(int faces)
        {
            if (made.TryGetValue(faces, out var known)) return known;
            var photographs = TurnedFaces.Draw(scratch[$"photographs-{faces}"], faces);
            return made[faces] = (photographs, new(async () =>
            {
                var folder = scratch[$"made-{faces}"];
                await MakeAsync(Processor.Own, photographs, folder);
                return folder;
            }));
        }
    }
}
