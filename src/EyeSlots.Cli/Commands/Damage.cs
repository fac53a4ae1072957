using EyeSlots.Core;
using EyeSlots.Core.Manifests;

namespace EyeSlots.Cli.Commands;

/// <summary>How every command that reads shards tells what of them is damaged: how many, which, and by its exit code.</summary>
internal static class Damage
{
    private const int MostShown = 20;

    /// <summary>1 where something is damaged.</summary>
    public static int ExitCode(IReadOnlyList<VerifyProblem> damaged) => damaged.Count == 0 ? 0 : 1;

    /// <summary>Names what is damaged, the first of it in full, and counts all of it; nothing where nothing is.</summary>
    public static void Show(Terminal terminal, IReadOnlyList<VerifyProblem> damaged)
    {
        if (damaged.Count == 0) return;
        foreach (var problem in damaged.Take(MostShown))
        {
            Lines.Write(terminal.Results, $"[red]damaged[/] {Terminal.Safe(problem.Fingerprint)} {Terminal.Safe(problem.Detail)}");
        }

        var more = damaged.Count > MostShown ? $", of which --json lists {damaged.Count - MostShown} more" : "";
        Lines.Write(terminal.Results, $"{Quantity.Number(damaged.Count)} damaged{more}: delete the damaged files and run preprocess again.");
    }
}
