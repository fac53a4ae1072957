using System.CommandLine;
using System.CommandLine.Parsing;
using EyeSlots.Core;

namespace EyeSlots.Cli;

/// <summary>The command that a cluster runs, at the end of the line that asks for it.</summary>
internal static class JobWords
{
    /// <summary>Its words.</summary>
    public static readonly Argument<string[]> Argument = new("COMMAND") { Description = "A command of this program with its arguments, behind --", Arity = ArgumentArity.ZeroOrMore };

    /// <summary>Reads them.</summary>
    /// <exception cref="EyeSlotsException">usage: there are none, or they do not stand behind <c>--</c>, where alone it is clear whose options are whose.</exception>
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        var words = parsed.GetValue(Argument) ?? [];
        var all = string.Join(' ', parsed.CommandResult.Command.Parents.Select(parent => parent.Name).Append(parsed.CommandResult.Command.Name));
        Require.That(words.Length > 0, $"Name the command behind --, as in: eyeslots {all} -- verify --out s3://slots.");
        Require.That(parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash), $"Put -- before the command: eyeslots {all} -- {string.Join(' ', words)}.");
        return words;
    }
}
