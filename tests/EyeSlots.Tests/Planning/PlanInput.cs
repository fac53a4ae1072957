using System.Text;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Tests.Planning;

/// <summary>Lists and images of a plan, in memory.</summary>
internal sealed class PlanInput : IObjectStoreFactory
{
    private readonly MemoryStore lists = new("s3://lists");

    public MemoryStore Images { get; init; } = new("s3://images/root");

    public JobParameters Parameters { get; init; } = new();

    /// <summary>The rows of each list, in file order.</summary>
    public SortedDictionary<string, List<string>> Rows { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds rows of small sound annotations together with their images.</summary>
    public PlanInput With(string list, params IEnumerable<string> paths)
    {
        if (!Rows.TryGetValue(list, out var rows)) Rows[list] = rows = [];
        foreach (var path in paths)
        {
            rows.Add(ListText.Row(path));
            Images.Put(path, [1, 2, 3]);
        }

        return this;
    }

    public async Task<Plan> PlanAsync()
    {
        foreach (var (list, rows) in Rows) lists.Put(list + ".csv", Encoding.UTF8.GetBytes(ListText.List(rows)));
        var named = Rows.Keys.Select(list => new AnnotationList(list, StorageAddress.Parse($"s3://lists/{list}.csv"))).Reverse().ToList();
        return await new Planner(this, Images, NullLogger.Instance).PlanAsync(named, Parameters, hashImages: false, null, CancellationToken.None);
    }

    public async Task<string[]> FingerprintsAsync()
    {
        using var plan = await PlanAsync();
        return [.. plan.Slices.Select(slice => slice.Fingerprint)];
    }

    public IObjectStore Open(StorageAddress root, bool followLinks = false) => lists;
}
