using System.CommandLine;
using System.Text.RegularExpressions;
using EyeSlots.Cli;
using EyeSlots.Console;
using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Trainer;
using EyeSlots.Trainer.Commands;
using EyeSlots.Training.Models;

namespace EyeSlots.Integration.Tests.Truth;

/// <summary>What the documents say of commands, options and codes is what the program has.</summary>
public sealed partial class CommandLineTruthTests
{
    private static readonly ConsoleProgram Program = EyeSlotsConsole.Create(), Trainer = TrainerConsole.Create();

    /// <summary>The commands of users: this program's own, and in the place of those that it leaves to the trainer the trainer's.</summary>
    private static readonly IReadOnlyList<Command> Commands = [.. Program.Commands.Where(command => !command.Hidden).Select(command => OfTrainer(command.Name) ?? command)];

    /// <summary>The same with the commands that they hold.</summary>
    private static readonly IReadOnlyList<Command> AllCommands = [.. Commands.SelectMany(WithSubcommands)];

    /// <summary>Options of <c>./test</c>, <c>dotnet</c>, the benchmarks, <c>aws</c> and <c>docker compose</c>.</summary>
    private static readonly string[] OfOtherPrograms =
        ["--long", "--project", "--check", "--data", "--spark-home", "--pyarrow", "--times", "--skip-peer", "--cpus", "--count", "--slices", "--models", "--python", "--help", "--profile", "--scale", "--rm"];

    [Fact]
    public void CommandsOfTheReadme_AreThoseOfTheProgram() =>
        Assert.Equal(Commands.Select(command => command.Name), Document.Readme.FirstColumn("command"));

    [Fact]
    public void CommandsLeftToTheTrainer_AreThoseThatItShows()
    {
        var shown = Trainer.Commands.Where(command => !command.Hidden).Select(command => (command.Name, command.Description));
        Assert.Equal(shown, Program.Commands.Where(command => OfTrainer(command.Name) is not null).Select(command => (command.Name, command.Description)));
    }

    [Fact]
    public void ReasonCodesOfTheReadme_AreThoseOfTheProgramInTheirOrder() =>
        Assert.Equal(RejectCodes.All.Select(code => code.Text()), Document.Readme.FirstColumn("reason code"));

    [Fact]
    public void ErrorCodesOfTheReadme_AreThoseOfTheProgramInTheirOrder() =>
        Assert.Equal(
            typeof(ErrorCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!),
            Document.Readme.FirstColumn("error code"));

    [Fact]
    public void ModelsOfTheReadme_AreThoseOfTheProgram() => Assert.Equal(
        ModelDescription.Names.Except(["WideResNet"]), // another name of WRN-16-8
        Document.Readme.FirstColumn("`--model`").SelectMany(models => models.Split("`, `")));

    [Fact]
    public void AugmentationsOfTheReadme_AreThoseOfTheProgram() => Assert.Equal(
        AugmentationLine.Options.Select(option => option.Name).Except(["--show"]).Order(),
        Document.Readme.FirstColumn("option").SelectMany(options => options.Split("`, `")).Order());

    [Fact]
    public void ExitCodesOfTheReadme_AreThoseOfHelp()
    {
        const string codes = "Exit codes: 0 success, 1 failure, 2 wrong command line, 130 interrupted.";
        Assert.Contains(codes, Whitespace().Replace(Document.Readme.Text, " "), StringComparison.Ordinal);
    }

    [Fact]
    public void OptionsOfTheDocuments_AreThereInTheProgram()
    {
        var known = AllCommands.SelectMany(command => command.Options).Concat(Program.OptionsOfAll).Select(option => option.Name).Concat(OfOtherPrograms).ToHashSet();
        var named = Document.Readme.Code().Concat(Document.Contributing.Code()).SelectMany(code => OptionName().Matches(code)).Select(option => option.Value).Distinct();
        Assert.DoesNotContain(named, name => !known.Contains(name));
    }

    [Fact]
    public void EveryOption_HasADescriptionThatIsNotTheOneOfAnotherInItsCommand()
    {
        foreach (var command in AllCommands)
        {
            var descriptions = command.Options.Where(option => option.Name != "--help").Select(option => option.Description).ToList();
            Assert.DoesNotContain(descriptions, string.IsNullOrWhiteSpace);
            Assert.Equal(descriptions.Distinct(), descriptions);
        }
    }

    public static TheoryData<string> CommandLines =>
        [.. Document.Readme.CommandLines().Concat(Document.Contributing.CommandLines()).Concat(AllCommands.SelectMany(command => Owner(command).ExamplesOf(command))).Distinct()];

    [Theory]
    [MemberData(nameof(CommandLines))]
    public void CommandLine_OfADocumentOrOfHelp_IsOneOfTheProgram(string line)
    {
        var arguments = Document.ArgumentsOf(line);
        var parsed = (OfTrainer(Program.Parse(arguments).CommandResult.Command.Name) is { } command ? Owner(command) : Program).Parse(arguments);
        Assert.Empty(parsed.Errors.Select(error => error.Message));
        Assert.Contains(parsed.CommandResult.Command, AllCommands);
    }

    private static IEnumerable<Command> WithSubcommands(Command command) => command.Subcommands.SelectMany(WithSubcommands).Prepend(command);

    private static Command? OfTrainer(string name) => Trainer.Commands.FirstOrDefault(command => !command.Hidden && command.Name == name);

    private static ConsoleProgram Owner(Command command) => Trainer.Commands.Contains(command) ? Trainer : Program;

    [GeneratedRegex(@"(?<![\w-])--[a-z0-9][a-z0-9-]*[a-z0-9](?![\w-])")]
    private static partial Regex OptionName();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
