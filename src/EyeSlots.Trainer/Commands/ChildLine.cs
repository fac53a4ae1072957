using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using EyeSlots.Training.Runs;

namespace EyeSlots.Trainer.Commands;

/// <summary>The command line of one run of a search: the search's own, but for what its runs differ in.</summary>
internal static class ChildLine
{
    private static readonly HashSet<string> NotPassedOn =
    [
        "--run", "--learning-rate", "--seed", "--device", "--generation", "--resume", "--json", "--log-file", .. SearchLine.Options.Select(option => option.Name),
    ];

    /// <summary>The words behind the program's name.</summary>
    /// <param name="parsed">The search's command line.</param>
    /// <param name="options">The run's.</param>
    public static IReadOnlyList<string> Of(ParseResult parsed, TrainingOptions options) =>
    [
        parsed.CommandResult.Command.Name, .. Given(parsed).SelectMany(option => option.Tokens.Select(token => token.Value).Prepend(option.Option.Name)),
        "--run", options.Run, "--learning-rate", options.Optimization.LearningRate.ToString("R", CultureInfo.InvariantCulture),
        "--seed", options.Loader.Seed.ToString(CultureInfo.InvariantCulture), "--device", options.Device.Text,
        "--generation", options.Generation!.Value.ToString(CultureInfo.InvariantCulture), "--resume", "--json", RunUntil.InputEnds.Name,
    ];

    // Options of every command may stand before the command's name.
    private static IEnumerable<OptionResult> Given(ParseResult parsed)
    {
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult command; at = command.Parent)
        {
            foreach (var option in command.Children.OfType<OptionResult>())
            {
                if (!option.Implicit && !NotPassedOn.Contains(option.Option.Name)) yield return option;
            }
        }
    }
}
