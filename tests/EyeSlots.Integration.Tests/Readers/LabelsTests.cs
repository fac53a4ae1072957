using System.Globalization;
using DuckDB.NET.Data;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests.Jobs;
using EyeSlots.Preprocessing.Synthesis;

namespace EyeSlots.Integration.Tests.Readers;

/// <summary>The README's way to a dataset's labels in .NET, beside DuckDB's.</summary>
public sealed class LabelsTests(DrawnFaces drawn)
{
    private readonly SynthSummary faces = drawn.Of(new() { Faces = 1200, Defects = 0.2, Side = 200, Seed = 4 });

    [Fact]
    public async Task Labels_ReadByRanges_AreThoseOfARivalReader()
    {
        using var scratch = new Scratch();
        await JobRuns.RunAsync(faces, scratch["out"]);
        var valences = await ValencesAsync(scratch["out"]);
        using var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();
        using var query = duck.CreateCommand();
        query.CommandText = $"SELECT count(*), count(valence), sum(valence) FROM read_parquet('{scratch["out"]}/shards/*.parquet')";
        using var reader = query.ExecuteReader();
        Assert.True(reader.Read());
        Assert.Equal((reader.GetInt64(0), reader.GetInt64(1)), (valences.Count, valences.Count(valence => valence is not null)));
        Assert.Equal(Convert.ToDouble(reader.GetValue(2), CultureInfo.InvariantCulture), valences.Sum(valence => (double?)valence)!.Value, 1e-4);
    }

    private static async Task<List<float?>> ValencesAsync(string folder)
    {
        List<float?> valences = [];
        var root = new LocalObjectStore(StorageAddress.Parse(folder));
        var manifest = await new ManifestStore(root).LoadAsync("affectnet", generation: null);
        foreach (var shard in manifest.Content.Shards)
        {
            var labels = await PublishedFile.OpenColumnsAsync(root, shard, ShardColumns.Labels);
            foreach (var group in labels.RowGroups) valences.AddRange(group.Read(ShardColumns.Valence));
        }

        return valences;
    }
}
