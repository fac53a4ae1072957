using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace EyeSlots.Console;

/// <summary>The usual help, then the command's examples.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly Dictionary<Command, IReadOnlyList<string>> examples = [];
    private readonly HashSet<Command> withoutStores = [];
    private readonly Dictionary<Option, Func<string>> descriptions = [];
    private readonly HelpAction usual;

    private HelpWithExamples(HelpAction usual) => this.usual = usual;

    public override bool ClearsParseErrors => true;

    /// <summary>Takes the place of a program's help.</summary>
    public static HelpWithExamples Of(Command root, IReadOnlyList<string> examples)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        var help = new HelpWithExamples((HelpAction)option.Action!);
        option.Action = help;
        help.Add(root, examples);
        return help;
    }

    /// <summary>Gives a command its examples, each a full command line.</summary>
    public void Add(Command command, IReadOnlyList<string> lines) => examples.Add(command, lines);

    /// <summary>The examples of a command; none where it has none.</summary>
    public IReadOnlyList<string> Of(Command command) => examples.GetValueOrDefault(command) ?? [];

    /// <summary>Leaves the options of stores out of the help of a command, and of those below it.</summary>
    public void HideStores(Command command) => withoutStores.Add(command);

    /// <summary>Describes an option better when help is written.</summary>
    public void Describe(Option option, Func<string> description) => descriptions[option] = description;

    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        foreach (var option in StoreOptions.OfEveryCommand) option.Hidden = withoutStores.Contains(command) || command.Parents.OfType<Command>().Any(withoutStores.Contains);
        foreach (var option in command.Options.Where(descriptions.ContainsKey)) option.Description = descriptions[option]();
        var code = usual.Invoke(parseResult);
        if (Of(command) is not { Count: > 0 } lines) return code;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var line in lines) output.WriteLine("  " + line);
        output.WriteLine();
        output.WriteLine("Exit codes: 0 success, 1 failure, 2 wrong command line, 130 interrupted.");
        return code;
    }
}
