using EyeSlots.Core;
using EyeSlots.Core.Shards;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Tests.Tools;

namespace EyeSlots.Training.Tests.Loading;

/// <summary>The first pass: label columns alone, held against the rows of whole shards.</summary>
public sealed class FaceTableTests(PartsDataset parts) : IClassFixture<PartsDataset>
{
    [Fact]
    public async Task Read_SaysOfEachLabelledRowWhatTheShardSays()
    {
        using var dataset = await DrawnDataset.DrawAsync(200, synth => synth with { DefectShares = "unlabelled=0.2" });
        var faces = await dataset.FacesAsync("training", "validation");
        List<ShardRow> rows = [];
        foreach (var shard in faces.Shards) rows.AddRange((await PublishedFile.OpenShardAsync(dataset.Store(), shard)).Rows());
        var labelled = rows.Where(row => row.Valence is not null && row.Arousal is not null).ToList();
        Assert.Equal(labelled.Select(row => row.Key), faces.Keys);
        Assert.Equal(labelled.Select(row => new FaceLabels(row.Valence!.Value, row.Arousal!.Value, row.Expression)), faces.Labels);
        Assert.Equal((labelled.Count, rows.Count - labelled.Count), (faces.Count, faces.Unlabelled));
        Assert.True(faces.Unlabelled > 0);
        Assert.Equal(labelled.Average(row => (double)row.Valence!.Value), faces.MeanValence, 12);
        Assert.Equal(labelled.Average(row => (double)row.Arousal!.Value), faces.MeanArousal, 12);
    }

    [Fact]
    public async Task Read_AnUnknownList_NamesThoseThereAre()
    {
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => parts.Dataset.FacesAsync("part00", "trainign"));
        Assert.Equal(ErrorCodes.Usage, error.Code);
        Assert.StartsWith("The dataset 'faces' has no list 'trainign'; its lists are: part00, part01,", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_AListWithoutALabel_IsNoLabels()
    {
        using var dataset = await DrawnDataset.DrawAsync(60, synth => synth with { DefectShares = "unlabelled=1" });
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => dataset.FacesAsync("training"));
        Assert.Equal((ErrorCodes.NoLabels, "The list 'training' has no row with both valence and arousal; name a list with labels."), (error.Code, error.Message));
    }

    [Fact]
    public async Task Read_OfOneList_ReadsNoOtherShard()
    {
        using var dataset = await DrawnDataset.DrawPartsAsync(40, parts: 4);
        foreach (var shard in (await dataset.FacesAsync("part01", "part02", "part03")).Shards) File.Delete(new EditedShard(dataset, shard).File);
        Assert.All((await dataset.FacesAsync("part00")).Keys, key => Assert.Equal("part00", key.List));
    }

    [Fact]
    public async Task Read_ALabelThatNoFaceHas_IsDamage()
    {
        using var dataset = await DrawnDataset.DrawPartsAsync(40, parts: 2);
        var shard = new EditedShard(dataset, (await dataset.FacesAsync()).Shards.First());
        var bytes = shard.Read();
        EditedShard.SetValence(bytes, row: 3, value: 1.5f);
        File.WriteAllBytes(shard.File, bytes);
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => dataset.FacesAsync());
        Assert.Equal(ErrorCodes.DatasetDamaged, error.Code);
        Assert.Contains($"{shard.File} is damaged: row 3 has an index or a label that no face has", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_AskedForAFaceThatIsNot_Refuses() => Assert.Throws<ArgumentOutOfRangeException>(() => parts.Faces.Keys[parts.Faces.Count]);
}
