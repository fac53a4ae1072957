using EyeSlots.Integration.Tests;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Training.Tests.Tools;

namespace EyeSlots.Training.Tests.Runs;

/// <summary>Tests that start the trainer, one after the other: each has all cores.</summary>
[CollectionDefinition(Name)]
public sealed class TrainerRuns : ICollectionFixture<TrainingSet>
{
    public const string Name = "trainer";
}

/// <summary>A small drawn dataset and a smaller network, so that a run takes a second or two; and one undisturbed run to compare others with.</summary>
public sealed class TrainingSet : IAsyncLifetime
{
    private const string Network = """{"kind": "vgg", "name": "smallest", "blocks": [4, 8], "dense": [16], "dropout": 0.2}""";
    private readonly Scratch scratch = new();
    private DrawnDataset? dataset;

    /// <summary>The dataset's root; read-only.</summary>
    public string Root => dataset!.Root;

    /// <summary>The lists and photographs that it was cut from.</summary>
    public string Photographs => dataset!.Photographs;

    /// <summary>The folder of a run that nobody disturbed.</summary>
    public string Undisturbed => scratch["undisturbed"];

    internal DrawnDataset Dataset => dataset!;

    public async ValueTask InitializeAsync()
    {
        File.WriteAllText(scratch["network.json"], Network);
        dataset = await DrawnDataset.DrawAsync(400);
        var result = await TrainAsync(Undisturbed);
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
    }

    public ValueTask DisposeAsync()
    {
        dataset?.Dispose();
        scratch.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The command line of a run of three epochs; later options win over earlier ones.</summary>
    public string[] Line(string run, params string[] more) => LineAt(Root, run, more);

    /// <summary>Likewise on another root.</summary>
    public string[] LineAt(string root, string run, params string[] more)
    {
        Dictionary<string, string[]> options = new()
        {
            ["--data"] = [root], ["--dataset"] = [DrawnDataset.Name], ["--train"] = ["training"], ["--validation"] = ["validation"], ["--run"] = [run],
            ["--model"] = [scratch["network.json"]], ["--size"] = ["32x16"], ["--epochs"] = ["3"], ["--learning-rate"] = ["0.003"], ["--threads"] = ["1"], ["--workers"] = ["1"],
        };
        for (var at = 0; at < more.Length; at++)
        {
            var values = more.Skip(at + 1).TakeWhile(word => !word.StartsWith("--", StringComparison.Ordinal)).ToArray();
            options[more[at]] = values;
            at += values.Length;
        }

        return ["train", .. options.SelectMany(option => option.Value.Prepend(option.Key)), "--json"];
    }

    /// <summary>Runs the trainer to its end.</summary>
    internal async Task<ProgramResult> TrainAsync(string run, params string[] more)
    {
        using var process = TrainerProcess.Start(Line(run, more));
        return await EyeSlotsProgram.EndAsync(process);
    }

    /// <summary>Demands that a run ended with the same model as the undisturbed one, byte for byte, and with the same curves.</summary>
    internal void AssertEndedLikeUndisturbed(string run)
    {
        Assert.Equal(Scratch.Tree(Undisturbed, "best"), Scratch.Tree(run, "best"));
        Assert.Equal(TrainerProcess.Losses(Undisturbed), TrainerProcess.Losses(run));
    }
}
