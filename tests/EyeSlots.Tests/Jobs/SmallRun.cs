using EyeSlots.Core.Annotations;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Decoding;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Tests.Decoding;
using EyeSlots.Tests.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Tests.Jobs;

/// <summary>A list, its photographs and a dataset root in one folder, and runs over them in this process.</summary>
internal sealed class SmallRun : IDisposable
{
    private const int Side = 120;
    private readonly List<string> rows = [];

    public TempFolder Folder { get; } = new();

    public LocalObjectStore Output => new(StorageAddress.Parse(Folder.At("out")));

    /// <summary>A good photograph of a face.</summary>
    public static byte[] Photograph(int seed)
    {
        using var image = Photographs.Cut(Side, Side, seed);
        return Photographs.Jpeg(image);
    }

    /// <summary>Some good faces.</summary>
    public static SmallRun Of(int faces)
    {
        var run = new SmallRun();
        for (var face = 0; face < faces; face++) run.Add($"{face}.jpg", Photograph(face));
        return run;
    }

    /// <summary>Adds a row, and a file where there is one.</summary>
    public void Add(string path, byte[]? file, string? row = null)
    {
        rows.Add(row ?? ListText.Row(path, ListText.Landmarks(Side)));
        if (file is not null) Folder.Write($"images/{path}", file);
    }

    /// <summary>Runs the job.</summary>
    public async Task<PreprocessSummary> RunAsync(
        Func<PreprocessOptions, PreprocessOptions>? change = null, int workers = 2, Func<IObjectStore, IObjectStore>? images = null, IObjectStore? output = null, CancellationToken cancellation = default)
    {
        Folder.Write("training.csv", ListText.List(rows));
        PreprocessOptions options = new() { Lists = AnnotationList.ParseAll([Folder.At("training.csv")]), MaxRejected = 1 };
        options = change?.Invoke(options) ?? options;
        IObjectStore from = new LocalObjectStore(StorageAddress.Parse(Folder.At("images")));
        var (source, target) = (images?.Invoke(from) ?? from, output ?? Output);
        using var gate = new MemoryGate(64 << 20);
        using var job = new ShardJob(source, target, options.Parameters, gate, options.Force, NullLogger.Instance);
        return await new PreprocessRun(new LocalStores(), source, target, new LocalEngine(job, workers), TimeProvider.System, NullLogger.Instance).RunAsync(options, null, cancellation);
    }

    public Task<Manifest> ManifestAsync() => new ManifestStore(Output).LoadAsync("eyeslots", null);

    /// <summary>Keys below the dataset root.</summary>
    public string[] Published() => [.. Folder.Files("out").Keys.Select(key => key["out/".Length..])];

    public void Dispose() => Folder.Dispose();
}
