using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;

namespace EyeSlots.Console;

/// <summary>A program of commands: parses its line, runs one command in a session of its own, and tells how it ended by its exit code.</summary>
public sealed class ConsoleProgram
{
    /// <summary>What users type, whichever executable answers: the trainer's help and errors speak of the same program.</summary>
    private const string Name = "eyeslots";
    private readonly Command root;
    private readonly HelpWithExamples help;
    private readonly Dictionary<Command, Action<IReadOnlyList<string>>> passed = [];
    private bool isTerminated;

    /// <summary>A program without commands yet.</summary>
    /// <param name="description">What it is for, in one line.</param>
    /// <param name="examples">Full command lines for the program's own help.</param>
    public ConsoleProgram(string description, params string[] examples)
    {
        root = new(Name, description) { new HelpOption(), new VersionOption() };
        help = HelpWithExamples.Of(root, examples);
        foreach (var option in CommonOptions.OfEveryCommand.Concat(StoreOptions.OfEveryCommand)) root.Options.Add(option);
    }

    /// <summary>The commands, in the order in which help shows them. One that only holds others is one of them; they are not.</summary>
    public IReadOnlyList<Command> Commands => [.. root.Subcommands];

    /// <summary>The options that every command has.</summary>
    public IReadOnlyList<Option> OptionsOfAll => [.. root.Options];

    /// <summary>The full command lines that help shows for a command.</summary>
    public IReadOnlyList<string> ExamplesOf(Command command) => help.Of(command);

    /// <summary>Reads a command line and runs nothing.</summary>
    public ParseResult Parse(IReadOnlyList<string> arguments) => root.Parse(arguments);

    /// <summary>Adds a command.</summary>
    public void Add(Command command) => root.Subcommands.Add(command);

    /// <summary>Gives a command its action, run in a session of its own, and its examples.</summary>
    /// <param name="command">The command.</param>
    /// <param name="action">Returns the exit code; what it throws is told as a <see cref="Failure"/>.</param>
    /// <param name="examples">Full command lines.</param>
    public Command Runs(Command command, Func<ParseResult, Session, CancellationToken, Task<int>> action, params string[] examples)
    {
        help.Add(command, examples);
        RequireTexts(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var session = new Session(parsed, () => isTerminated);
            return await Failure.GuardAsync(session, () => action(parsed, session, cancellation), cancellation);
        });
        return command;
    }

    /// <summary>Gives a command that only holds others its examples; to type it alone is a wrong command line.</summary>
    /// <param name="command">The command, with its subcommands.</param>
    /// <param name="examples">Full command lines.</param>
    public Command Groups(Command command, params string[] examples)
    {
        help.Add(command, examples);
        RequireTexts(command);
        return command;
    }

    /// <summary>Leaves the options of stores out of the help of a command that only holds others, all of which refuse them.</summary>
    public Command HidesStores(Command command)
    {
        help.HideStores(command);
        return command;
    }

    /// <summary>Describes an option by what takes time to find out: only help asks for it.</summary>
    /// <param name="option">The option, with what is known of it without.</param>
    /// <param name="description">Gives the whole description.</param>
    public void Describes(Option option, Func<string> description) => help.Describe(option, description);

    /// <summary>Leaves a command to another program: of its line nothing is read here, <c>--help</c> included.</summary>
    /// <param name="command">The command, with no more than a name and what help of all commands says of it.</param>
    /// <param name="become">Makes this process the other program, with the whole line; comes back only by throwing.</param>
    public Command Passes(Command command, Action<IReadOnlyList<string>> become)
    {
        passed.Add(command, become);
        return command;
    }

    // Commands share options, which are checked once all the same.
    private static void RequireTexts(Command command)
    {
        foreach (var option in command.Options.Where(option => !option.Validators.Contains(RequireText))) option.Validators.Add(RequireText);
    }

    // A variable of a script that was not set would else be a folder, a name or a server of its own kind.
    private static void RequireText(OptionResult result)
    {
        if (result.Tokens.Any(token => token.Value.Length == 0)) result.AddError($"{result.Option.Name} must not be empty.");
    }

    /// <summary>Runs the command that the arguments name. Ctrl-C and SIGTERM stop it cleanly; a second one ends the process where it stands.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var parsed = Parse(arguments is [] ? ["--help"] : arguments);
        if (passed.TryGetValue(parsed.CommandResult.Command, out var become)) return Failure.OfPassing(parsed, () => become(arguments));
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return parsed.Errors.Count > 0
            ? Failure.WrongCommandLine(parsed)
            : await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Token);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = !stop.IsCancellationRequested;
            isTerminated |= signal.Signal == PosixSignal.SIGTERM;
            stop.Cancel();
        }
    }
}
