using EyeSlots.Core.Annotations;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Preprocessing.Decoding;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Tests.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Tests.Jobs;

/// <summary>Lists and photographs in a folder, a dataset root beside them, and the whole job run on both.</summary>
internal sealed class Job : IDisposable
{
    private readonly SortedDictionary<string, List<string>> rows = new(StringComparer.Ordinal);

    public TempFolder Input { get; } = new();

    public TempFolder Output { get; } = new();

    /// <summary>What reads images; a test wraps it to disturb the job.</summary>
    public Func<IObjectStore, IObjectStore> Images { get; set; } = store => store;

    /// <summary>What publishes; a test wraps it to disturb the job.</summary>
    public Func<IObjectStore, IObjectStore> Root { get; set; } = store => store;

    public ManifestStore Manifests => new(Output.Store);

    /// <summary>As many lists of as many faces: each list is one shard.</summary>
    public static Job Draw(int lists = 3, int faces = 20)
    {
        var job = new Job();
        for (var list = 0; list < lists; list++)
        {
            for (var face = 0; face < faces; face++)
            {
                var path = $"{list}/{face}.jpg";
                job.Input.Write("Manually_Annotated_Images/" + path, DrawnPhotographs.Jpeg((100 * list) + face));
                job.Row($"list{list:D2}", ListText.Row(path, Landmarks(face), valence: face % 4 == 0 ? "-2" : "0.25"));
            }
        }

        return job;
    }

    public static string Landmarks(int face) => ListText.Landmarks(DrawnPhotographs.Side, degrees: (face * 13) - 90);

    public void Row(string list, string row)
    {
        if (!rows.TryGetValue(list, out var known)) rows[list] = known = [];
        known.Add(row);
    }

    public async Task<PreprocessSummary> RunAsync(
        Func<PreprocessOptions, PreprocessOptions>? change = null, int workers = 2, CancellationToken cancellation = default)
    {
        foreach (var (list, lines) in rows) Input.Write(list + ".csv", ListText.List(lines));
        var (images, output) = (Images(Input.Store), Root(Output.Store));
        var options = new PreprocessOptions { Images = images.Address, Output = output.Address, Workers = workers, Dataset = "faces", Lists = AnnotationList.ParseAll(rows.Keys.Select(list => Input.At(list + ".csv"))) };
        options = change?.Invoke(options) ?? options;
        var stores = new GivenStores(images, output);
        return await new PreprocessRun(stores, new LocalEngines(stores, NullLogger.Instance), TimeProvider.System, NullLogger.Instance)
            .RunAsync(options, null, cancellation);
    }

    /// <summary>All that is wrong with the newest generation.</summary>
    public async Task<IReadOnlyList<VerifyProblem>> VerifyAsync(string dataset = "faces")
    {
        var manifest = await Manifests.LoadAsync(dataset, null);
        using var decoder = new SlotDecoder();
        return await new DatasetVerifier(Output.Store, (row, format) => decoder.ToBgr(row.Slot.Span, format, row.Width, row.Height) is not null)
            .VerifyAsync(manifest, null, CancellationToken.None);
    }

    public async Task<List<ShardRow>> RowsAsync()
    {
        List<ShardRow> all = [];
        foreach (var shard in (await Manifests.LoadAsync("faces", null)).Content.Shards)
        {
            var reader = ShardReader.Open(Output.Files()[ShardLayout.ShardKey(shard.Fingerprint)]);
            all.AddRange(reader.Rows().ToList());
        }

        return all;
    }

    public async Task<List<QuarantineRow>> RejectedAsync()
    {
        List<QuarantineRow> all = [];
        foreach (var file in Output.Files("quarantine").Values) all.AddRange(QuarantineReader.Read(file));
        return all;
    }

    /// <summary>Shards and quarantine files by key.</summary>
    public Dictionary<string, byte[]> Published() => Output.Files().Where(file => file.Key.EndsWith(".parquet", StringComparison.Ordinal)).ToDictionary();

    public void Dispose()
    {
        Input.Dispose();
        Output.Dispose();
    }
}
