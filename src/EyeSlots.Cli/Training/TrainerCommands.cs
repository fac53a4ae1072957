using System.CommandLine;

namespace EyeSlots.Cli.Training;

/// <summary>The commands that need libtorch: this program becomes the trainer, which reads the line, help included.</summary>
internal static class TrainerCommands
{
    private static readonly (string Name, string Description)[] All =
    [
        ("train", "Train a network on a dataset's shards; the run's folder gets its best model, curves and checkpoints"),
        ("evaluate", "Judge trained networks on labelled faces, beside what needs no network"),
        ("predict", "Read valence and arousal from photographs"),
        ("compare", "Put trained networks beside each other: options that differ, metrics, and the interval of each difference"),
        ("export", "Write a run's best model as ONNX, bytes in and numbers out, or as safetensors with PyTorch's names"),
    ];

    /// <summary>Their names, as a sentence takes them.</summary>
    public static string Names => string.Join(", ", All[..^1].Select(command => command.Name)) + " and " + All[^1].Name;

    /// <summary>Adds their names and what they do.</summary>
    public static void AddTo(ConsoleProgram program)
    {
        foreach (var (name, description) in All) program.Add(program.Passes(new(name, description), TrainerProgram.Become));
    }
}
