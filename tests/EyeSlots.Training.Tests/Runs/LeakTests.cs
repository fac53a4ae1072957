using System.Text.Json;
using EyeSlots.Core;
using EyeSlots.Core.Shards;
using EyeSlots.Integration.Tests;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Tests.Tools;

namespace EyeSlots.Training.Tests.Runs;

/// <summary>Photographs that stand in both lists: refused with their paths, or trained on and counted.</summary>
[Collection(TrainerRuns.Name)]
public sealed class LeakTests(TrainingSet set)
{
    private const int MostShown = 10;

    [Fact]
    public async Task Train_OnListsThatShareIt_IsRefusedWithTheFirstPathsOrCountsEqualCrops()
    {
        using var scratch = new Scratch();
        using var dataset = await DrawnDataset.DrawAsync(1500, options => options with { Variety = 1, Leaks = 0.02 });
        var (training, validation) = (await dataset.FacesAsync("training"), await dataset.FacesAsync("validation"));
        string[] shared = [.. Paths(training).Intersect(Paths(validation)).Order(StringComparer.Ordinal)];
        Assert.NotEmpty(shared);
        var refused = await TrainAsync(dataset, scratch["refused"]);
        TrainerProcess.AssertFailed(refused, ErrorCodes.Leak, $"training and validation share {Quantity.Of(shared.Length, "photograph")}: {string.Join(", ", shared.Take(MostShown))}");

        var allowed = await TrainAsync(dataset, scratch["refused"], "--allow-leaks");
        Assert.True(allowed.ExitCode == 0, allowed.Output + allowed.Errors);
        var crops = (await CropsAsync(training)).ToHashSet();
        var equal = (await CropsAsync(validation)).Count(crops.Contains);
        Assert.True(equal > shared.Length, $"{equal} equal crops, {shared.Length} shared paths");
        Assert.Contains($"{Quantity.Of(equal, "crop")} of validation are byte for byte crops of training", string.Join(' ', allowed.Errors.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        using var leaks = JsonDocument.Parse(File.ReadAllBytes(scratch["refused/leaks.json"]));
        Assert.Equal((shared.Length, equal), (leaks.RootElement.GetProperty("sharedPaths").GetInt32(), leaks.RootElement.GetProperty("equalCrops").GetInt32()));
    }

    private async Task<ProgramResult> TrainAsync(DrawnDataset dataset, string run, params string[] more)
    {
        using var process = TrainerProcess.Start(set.LineAt(dataset.Root, run, ["--epochs", "1", .. more]));
        return await EyeSlotsProgram.EndAsync(process);
    }

    private static IEnumerable<string> Paths(FaceTable table) => table.Keys.Select(key => key.ImagePath).Distinct();

    private static async Task<List<string>> CropsAsync(FaceTable table)
    {
        List<string> crops = [];
        foreach (var shard in table.Shards)
        {
            var reader = await PublishedFile.OpenShardAsync(table.Generation.Root, shard);
            crops.AddRange(reader.Rows().Where(row => row.Valence is not null && row.Arousal is not null).Select(row => Convert.ToBase64String(row.Slot.Span)));
        }

        return crops;
    }
}
