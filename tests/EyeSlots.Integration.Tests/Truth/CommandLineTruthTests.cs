using System.CommandLine;
using System.Text.RegularExpressions;
using EyeSlots.Cli;
using EyeSlots.Console;
using EyeSlots.Core;
using EyeSlots.Core.Annotations;

namespace EyeSlots.Integration.Tests.Truth;

/// <summary>What the documents say of commands, options and codes is what the program has.</summary>
public sealed partial class CommandLineTruthTests
{
    private static readonly ConsoleProgram Program = EyeSlotsConsole.Create();

    /// <summary>Options of <c>./test</c>, <c>dotnet</c>, the benchmarks and <c>aws</c>.</summary>
    private static readonly string[] OfOtherPrograms =
        ["--long", "--project", "--check", "--data", "--spark-home", "--pyarrow", "--times", "--skip-peer", "--cpus", "--count", "--slices", "--help", "--profile"];

    [Fact]
    public void CommandsOfTheReadme_AreThoseOfTheProgram() =>
        Assert.Equal(Program.Commands.Select(command => command.Name), Document.Readme.FirstColumn("command"));

    [Fact]
    public void ReasonCodesOfTheReadme_AreThoseOfTheProgramInTheirOrder() =>
        Assert.Equal(RejectCodes.All.Select(code => code.Text()), Document.Readme.FirstColumn("reason code"));

    [Fact]
    public void ErrorCodesOfTheReadme_AreThoseOfTheProgramInTheirOrder() =>
        Assert.Equal(
            typeof(ErrorCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!),
            Document.Readme.FirstColumn("error code"));

    [Fact]
    public void ExitCodesOfTheReadme_AreThoseOfHelp()
    {
        const string codes = "Exit codes: 0 success, 1 failure, 2 wrong command line, 130 interrupted.";
        Assert.Contains(codes, Whitespace().Replace(Document.Readme.Text, " "), StringComparison.Ordinal);
    }

    [Fact]
    public void OptionsOfTheDocuments_AreThereInTheProgram()
    {
        var known = Program.Commands.SelectMany(command => command.Options).Concat(Program.OptionsOfAll).Select(option => option.Name).Concat(OfOtherPrograms).ToHashSet();
        var named = Document.Readme.Code().Concat(Document.Contributing.Code()).SelectMany(code => OptionName().Matches(code)).Select(option => option.Value).Distinct();
        Assert.DoesNotContain(named, name => !known.Contains(name));
    }

    [Fact]
    public void EveryOption_HasADescriptionThatIsNotTheOneOfAnotherInItsCommand()
    {
        foreach (var command in Program.Commands)
        {
            var descriptions = command.Options.Where(option => option.Name != "--help").Select(option => option.Description).ToList();
            Assert.DoesNotContain(descriptions, string.IsNullOrWhiteSpace);
            Assert.Equal(descriptions.Distinct(), descriptions);
        }
    }

    public static TheoryData<string> CommandLines =>
        [.. Document.Readme.CommandLines().Concat(Document.Contributing.CommandLines()).Concat(Program.Commands.SelectMany(Program.ExamplesOf)).Distinct()];

    [Theory]
    [MemberData(nameof(CommandLines))]
    public void CommandLine_OfADocumentOrOfHelp_IsOneOfTheProgram(string line)
    {
        var parsed = Program.Parse(Document.ArgumentsOf(line));
        Assert.Empty(parsed.Errors.Select(error => error.Message));
        Assert.Contains(parsed.CommandResult.Command, Program.Commands);
    }

    [GeneratedRegex(@"(?<![\w-])--[a-z0-9][a-z0-9-]+")]
    private static partial Regex OptionName();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
