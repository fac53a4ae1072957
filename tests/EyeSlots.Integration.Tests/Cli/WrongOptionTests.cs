using System.CommandLine;
using EyeSlots.Cli;
using EyeSlots.Console;
using EyeSlots.Trainer;

namespace EyeSlots.Integration.Tests.Cli;

/// <summary>Every option of every command, typed in ways that it does not take: the line has errors, and reading it never throws.</summary>
public sealed class WrongOptionTests
{
    private static readonly ConsoleProgram[] Programs = [EyeSlotsConsole.Create(), TrainerConsole.Create()];

    [Fact]
    public void Option_WithAValueThatItDoesNotTake_IsReadToItsEnd() => Try(option => [option, "\u00e4 ?"], demandsErrors: false);

    [Fact]
    public void Option_WithoutAValue_IsReadToItsEnd() => Try(option => [option], demandsErrors: false);

    [Fact]
    public void Option_OfOneValueTwice_IsAnError() => Try(option => [option, "a", option, "b"], demandsErrors: true);

    private static void Try(Func<string, string[]> words, bool demandsErrors)
    {
        foreach (var program in Programs)
        {
            foreach (var (path, command) in program.Commands.SelectMany(command => Below([], command)))
            {
                foreach (var option in command.Options.Where(option => option.Arity.MaximumNumberOfValues == 1 && option.Arity.MinimumNumberOfValues == 1))
                {
                    string[] line = [.. path, .. words(option.Name)];
                    var parsed = program.Parse(line);
                    Assert.True(!demandsErrors || parsed.Errors.Count > 0, string.Join(' ', line));
                }
            }
        }
    }

    private static IEnumerable<(string[] Path, Command Command)> Below(string[] path, Command command)
    {
        string[] own = [.. path, command.Name];
        return command.Subcommands.SelectMany(below => Below(own, below)).Prepend((own, command));
    }
}
