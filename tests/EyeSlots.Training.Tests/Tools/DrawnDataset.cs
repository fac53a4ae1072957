using System.Globalization;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Preprocessing.Synthesis;
using EyeSlots.Training.Loading;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Training.Tests.Tools;

/// <summary>Drawn faces, cut into eye slots and committed as generation 1 of the dataset "faces" in a folder of its own.</summary>
internal sealed class DrawnDataset : IDisposable
{
    public const string Name = "faces";

    private readonly Scratch scratch = new();

    private SynthSummary? drawn;

    private DrawnDataset() => Root = scratch["root"];

    /// <summary>Opens folders of this machine.</summary>
    public static IObjectStoreFactory Stores { get; } = new LocalStores();

    /// <summary>The dataset root.</summary>
    public string Root { get; }

    /// <summary>The photographs and lists; for another preprocess.</summary>
    public string Photographs => scratch["photographs"];

    /// <summary>What was drawn, and what a perfect reader would reach.</summary>
    public SynthSummary Drawn => drawn!;

    /// <summary>Draws training, validation and test.</summary>
    public static Task<DrawnDataset> DrawAsync(int faces, Func<SynthOptions, SynthOptions>? change = null, JobParameters? parameters = null) =>
        DrawAsync(faces, change, parameters, summary => summary.Lists);

    /// <summary>Draws training and cuts it into so many lists, part00 and up, each of which becomes a shard.</summary>
    public static Task<DrawnDataset> DrawPartsAsync(int faces, int parts, Func<SynthOptions, SynthOptions>? change = null, JobParameters? parameters = null) =>
        DrawAsync(faces, change, parameters, summary => Cut(summary.Lists[0], parts));

    /// <summary>Draws training, validation and test, and training so many times as lists of their own: as many faces, for the time of drawing a few.</summary>
    public static Task<DrawnDataset> DrawCopiesAsync(int faces, int copies) =>
        DrawAsync(faces, null, null, summary => [.. Copied(summary.Lists[0], copies), .. summary.Lists.Skip(1)]);

    /// <summary>The names of all lists.</summary>
    public Task<IReadOnlyList<string>> ListsAsync() => ListsOfAsync(Root);

    /// <summary>The names of all lists of such a dataset.</summary>
    public static async Task<IReadOnlyList<string>> ListsOfAsync(string root) =>
        [.. (await new ManifestStore(new LocalObjectStore(StorageAddress.Parse(root))).LoadAsync(Name, null)).Content.Shards.Select(shard => shard.List).Distinct()];

    public LocalObjectStore Store() => new(StorageAddress.Parse(Root));

    public Task<PinnedGeneration> OpenAsync() => PinnedGeneration.OpenAsync(Store(), Name, null);

    /// <summary>The faces of some lists, or of all.</summary>
    public async Task<FaceTable> FacesAsync(params string[] lists) =>
        await FaceTable.ReadAsync(await OpenAsync(), lists.Length > 0 ? lists : await ListsAsync());

    /// <summary>The same dataset wherever a store finds it.</summary>
    public async Task<FaceTable> FacesAtAsync(IObjectStore root) => await FaceTable.ReadAsync(await PinnedGeneration.OpenAsync(root, Name, null), await ListsAsync());

    /// <summary>Cuts lists of the photographs and commits them as the next generation.</summary>
    public async Task CommitAsync(JobParameters parameters, IReadOnlyList<string> lists)
    {
        await new PreprocessRun(Stores, new LocalEngines(Stores, NullLogger.Instance), TimeProvider.System, NullLogger.Instance).RunAsync(
            new()
            {
                Lists = AnnotationList.ParseAll(lists), Images = StorageAddress.Parse(Photographs), Output = StorageAddress.Parse(Root),
                Dataset = Name, Parameters = parameters, Workers = 2, MaxRejected = 1,

                // What is drawn again is then the same generation, with the same order of batches: times of files are of no account.
                HashImages = true,
            },
            null, CancellationToken.None);
    }

    public void Dispose() => scratch.Dispose();

    private static async Task<DrawnDataset> DrawAsync(
        int faces, Func<SynthOptions, SynthOptions>? change, JobParameters? parameters, Func<SynthSummary, IReadOnlyList<string>> lists)
    {
        var dataset = new DrawnDataset();
        var options = new SynthOptions { Faces = faces, Side = 128 };
        var summary = new Synthesizer().Run(change?.Invoke(options) ?? options, dataset.Photographs, null);
        dataset.drawn = summary;
        await dataset.CommitAsync(parameters ?? new(), lists(summary));
        return dataset;
    }

    private static List<string> Cut(string list, int parts)
    {
        var lines = File.ReadAllLines(list);
        List<string> cut = [];
        for (var part = 0; part < parts; part++)
        {
            cut.Add(Path.Combine(Path.GetDirectoryName(list)!, string.Create(CultureInfo.InvariantCulture, $"part{part:D2}.csv")));
            File.WriteAllLines(cut[^1], [lines[0], .. lines.Skip(1).Where((_, line) => line % parts == part)]);
        }

        return cut;
    }

    private static IEnumerable<string> Copied(string list, int copies)
    {
        for (var copy = 0; copy < copies; copy++)
        {
            var path = Path.Combine(Path.GetDirectoryName(list)!, string.Create(CultureInfo.InvariantCulture, $"training{copy:D2}.csv"));
            File.Copy(list, path);
            yield return path;
        }
    }

    internal sealed class LocalStores : IObjectStoreFactory
    {
        public IObjectStore Open(StorageAddress root, bool followLinks = false) => new LocalObjectStore(root, followLinks);
    }
}
