using System.CommandLine;
using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Training.Export;

namespace EyeSlots.Trainer.Commands;

/// <summary><c>export</c>: a run's best model as a file that other programs read.</summary>
internal static class ExportCommand
{
    private static readonly Option<string> Run = new("--run") { Description = "Folder of the run", HelpName = "FOLDER", Required = true };
    private static readonly Option<string> Out = new("--out") { Description = "File of the model, of a kind by its ending; what is there is replaced", HelpName = "FILE.onnx|FILE.safetensors", Required = true };

    public static Command Create(ConsoleProgram program) => program.Runs(
        new Command("export", "Write a run's best model as ONNX, bytes in and numbers out, or as safetensors with PyTorch's names") { Run, Out },
        RunAsync,
        "eyeslots export --run runs/1 --out eyes.onnx",
        "eyeslots export --run runs/1 --out eyes.safetensors --json");

    private static Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        var (run, file) = (StorageAddress.ParseLocal(parsed.GetValue(Run)!), StorageAddress.ParseLocal(parsed.GetValue(Out)!));
        var summary = ModelExport.Write(run, file);
        return Task.FromResult(session.Show(summary, TrainerJson.Default.ExportSummary, () => Show(session.Terminal, summary)));
    }

    private static void Show(Terminal terminal, ExportSummary summary) => Lines.Write(
        terminal.Results,
        $"[green]exported[/] {Terminal.Safe(summary.Model)} ({Quantity.Of(summary.Weights, "weight")}) as {summary.Format} into {Terminal.Safe(summary.Out)}: {Quantity.Bytes(summary.Bytes)}, "
        + $"from N x {summary.Height} x {summary.Width} x {summary.Channels} bytes to N x 2 numbers, valence and arousal");
}
