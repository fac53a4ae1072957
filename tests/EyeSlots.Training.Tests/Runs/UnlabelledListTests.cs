using EyeSlots.Core;
using EyeSlots.Integration.Tests;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Training.Tests.Tools;

namespace EyeSlots.Training.Tests.Runs;

/// <summary>Lists that hold nothing to learn from.</summary>
[Collection(TrainerRuns.Name)]
public sealed class UnlabelledListTests(TrainingSet set)
{
    private const string NoLabel = "-2,-2";

    [Theory]
    [InlineData(0, "training", "The list 'training' has no row with both valence and arousal")]
    [InlineData(1, "training", "There is one labelled face to train on, and two are needed")]
    [InlineData(0, "validation", "The list 'validation' has no row with both valence and arousal")]
    public async Task Train_OnAListWithFewerThanTwoLabels_IsNoLabels(int labelled, string list, string text)
    {
        using var scratch = new Scratch();
        using var dataset = await DrawnDataset.DrawAsync(100);
        string[] lists = [Path.Combine(dataset.Photographs, "training.csv"), Path.Combine(dataset.Photographs, "validation.csv")];
        foreach (var file in lists.Where(file => Path.GetFileNameWithoutExtension(file) == list)) TakeLabels(file, labelled);
        await dataset.CommitAsync(new(), lists);
        using var process = TrainerProcess.Start(set.LineAt(dataset.Root, scratch["run"]));
        TrainerProcess.AssertFailed(await EyeSlotsProgram.EndAsync(process), ErrorCodes.NoLabels, text);
        Assert.False(TrainerProcess.Has(Path.Combine(dataset.Root, "pins"), "*"));
    }

    private static void TakeLabels(string file, int keep)
    {
        var lines = File.ReadAllLines(file);
        File.WriteAllLines(file, lines.Select((line, at) => at <= keep ? line : $"{string.Join(',', line.Split(',')[..^2])},{NoLabel}"));
    }
}
