using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace EyeSlots.Cli;

/// <summary>The usual help, then the command's examples.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string[]> Examples = [];

    public static void AddTo(RootCommand root)
    {
        Of(root, "eyeslots demo", "eyeslots preprocess --annotations training.csv --images /data/affectnet --out out");
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
    }

    /// <summary>Gives a command its examples, each a full command line.</summary>
    public static Command Of(Command command, params string[] examples)
    {
        Examples[command.Name] = examples;
        return command;
    }

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = usual.Invoke(parseResult);
        if (!Examples.TryGetValue(parseResult.CommandResult.Command.Name, out var examples)) return code;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in examples) output.WriteLine("  " + example);
        output.WriteLine();
        output.WriteLine("Exit codes: 0 success, 1 failure, 2 wrong command line, 130 interrupted.");
        return code;
    }
}
