using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Tests.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Tests.Jobs.Interleavings;

/// <summary>Somebody who works at a root: a run or a collection of garbage.</summary>
/// <returns>How it ended.</returns>
internal delegate Task<string> Actor(IObjectStore root, TimeProvider time);

/// <summary>
/// Versions of two tiny lists, and who works with them. All versions share the second list's shard; the first list, with a crop and a
/// reject, is each version's own. Images are told apart by content, so a version's shards have the same names wherever it runs.
/// </summary>
internal sealed class Scene : IDisposable
{
    private readonly TempFolder input = new();

    public Scene()
    {
        foreach (var version in (string[])["x", "y", "z"])
        {
            input.Write($"{version}/0.jpg", DrawnPhotographs.Jpeg(version[0]));
            input.Write($"{version}/1.jpg", DrawnPhotographs.Jpeg(1));
            input.Write($"{version}/list0.csv", ListText.List([ListText.Row("0.jpg", ListText.Landmarks(DrawnPhotographs.Side, degrees: 3)), ListText.Row("0.jpg", "1;2")]));
            input.Write($"{version}/list1.csv", ListText.List([ListText.Row("1.jpg", ListText.Landmarks(DrawnPhotographs.Side, degrees: 5))]));
        }
    }

    /// <summary>A run of a version of the lists, which adds to a dataset.</summary>
    public Actor Run(string version, string dataset = "a") => (root, time) => RunAsync(version, dataset, root, time, engines => engines);

    /// <summary>Likewise; its plan is laid as late as it may be.</summary>
    public Actor LateRun(string version, string dataset = "a") => (root, time) =>
    {
        var late = new LatePlan(root);
        return RunAsync(version, dataset, late, time, late.Watch);
    };

    /// <summary>A collection of garbage without grace.</summary>
    public static Actor Collect(int keep = 1) => async (root, time) =>
    {
        await new GarbageCollector(root, time).CollectAsync(keep, TimeSpan.Zero, delete: true, CancellationToken.None);
        return "collected";
    };

    /// <summary>Somebody who reads a generation for long, the newest where none is named: what it has pinned and found stays until it ends.</summary>
    public static Actor Read(int? generation = null) => async (root, time) =>
    {
        var manifests = new ManifestStore(root);
        while (true)
        {
            var manifest = generation is { } number ? await manifests.TryLoadAsync("a", number, CancellationToken.None) : await manifests.LatestAsync("a");
            if (manifest is null) return "gone";
            await using var pin = await GenerationPin.LayAsync(root, RunName.New(time), "a", manifest.Generation, time, NullLogger.Instance, CancellationToken.None);
            if (await manifests.TryLoadAsync("a", manifest.Generation, CancellationToken.None) is not null)
            {
                Assert.Empty(await new DatasetVerifier(root, (_, _) => true).VerifyAsync(manifest, null, CancellationToken.None));
                await pin.RemoveAsync();
                return "read";
            }

            await pin.RemoveAsync();
            if (generation is not null) return "gone";
        }
    };

    /// <summary>What may lie there when an interleaving begins.</summary>
    public async Task<Files> StartAsync(string name)
    {
        var made = await AfterAsync(Run("x"));
        return name switch
        {
            "nothing" => new(),
            "orphans" => made.Without("manifests/"),
            "orphans beside a generation" => (await AfterAsync(Run("y"), Run("x"))).Without("manifests/a/00000002"),
            "damaged orphans" => made.Without("manifests/").Damaged("shards/"),
            "damaged quarantine" => made.Without("manifests/").Damaged("quarantine/"),
            "a damaged generation" => made.Damaged("shards/"),
            "three generations" => await AfterAsync(Run("x"), Run("y"), Run("z")),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
    }

    /// <summary>Files of a root after some actors, one after the other.</summary>
    public static async Task<Files> AfterAsync(params Actor[] actors)
    {
        var root = new MemoryStore("s3://start") { Written = TimeProvider.System.GetUtcNow() };
        foreach (var actor in actors) await actor(root, new JumpingTime(TimeProvider.System.GetUtcNow()));
        return await Files.OfAsync(root);
    }

    public void Dispose() => input.Dispose();

    private async Task<string> RunAsync(string version, string dataset, IObjectStore root, TimeProvider time, Func<IEngineFactory, IEngineFactory> watch)
    {
        var options = new PreprocessOptions
        {
            Images = StorageAddress.Parse(input.At(version)), Output = root.Address, Workers = 1, Dataset = dataset, Lists = AnnotationList.ParseAll([input.At($"{version}/list0.csv"), input.At($"{version}/list1.csv")]), HashImages = true, MaxRejected = 1,
        };
        var stores = new GivenStores(root);
        try
        {
            var run = new PreprocessRun(stores, watch(new LocalEngines(stores, NullLogger.Instance)), time, NullLogger.Instance);
            var summary = await run.RunAsync(options, null, CancellationToken.None);
            return summary.Committed ? "committed" : "kept";
        }
        catch (EyeSlotsException error) when (error.Code == ErrorCodes.Superseded)
        {
            return error.Code;
        }
    }
}
