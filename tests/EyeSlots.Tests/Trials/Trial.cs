using EyeSlots.Core.Annotations;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Tests.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Tests.Trials;

/// <summary>The whole job on a folder of the trials: small inputs that once went wrong.</summary>
internal sealed class Trial(string folder) : IDisposable
{
    private readonly TempFolder output = new();

    /// <summary>The trial of this name in the shared folder.</summary>
    public static Trial Named(string name) => new(Path.Combine(SharedFolder.Path, "trials", name));

    public string At(string path) => Path.Combine(folder, path);

    /// <summary>Runs with a list and an image root of the folder; every reject is let pass.</summary>
    public async Task<PreprocessSummary> RunAsync(string list, string images, Func<PreprocessOptions, PreprocessOptions>? change = null)
    {
        var options = new PreprocessOptions
        {
            Images = StorageAddress.Parse(At(images)), Output = output.Store.Address, Dataset = "faces", Lists = [AnnotationList.Parse("trial=" + At(list))], MaxRejected = 1,
        };
        var stores = new LocalStores();
        return await new PreprocessRun(stores, new LocalEngines(stores, NullLogger.Instance), TimeProvider.System, NullLogger.Instance)
            .RunAsync(change?.Invoke(options) ?? options, null, CancellationToken.None);
    }

    /// <summary>The crops of a run that rejects nothing, by path.</summary>
    public async Task<List<ShardRow>> CropsAsync(string list, string images, Func<PreprocessOptions, PreprocessOptions>? change = null)
    {
        var summary = await RunAsync(list, images, change);
        Assert.Equal(0, summary.Rejected.Values.Sum());
        List<ShardRow> rows = [];
        foreach (var shard in (await new Core.Manifests.ManifestStore(output.Store).LoadAsync("faces", null)).Content.Shards)
        {
            rows.AddRange(ShardReader.Open(output.Files()[ShardLayout.ShardKey(shard.Fingerprint)]).Rows());
        }

        return [.. rows.OrderBy(row => row.Key.ImagePath, StringComparer.Ordinal)];
    }

    public void Dispose() => output.Dispose();
}
