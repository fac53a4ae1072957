using System.CommandLine;
using EyeSlots.Aws.Nodes;

namespace EyeSlots.Cli.Commands;

/// <summary><c>node</c>: a machine of a cluster, as <c>deploy/boot.sh</c> starts it. Hidden, since nobody types it.</summary>
internal static class NodeCommand
{
    public static Command Create(ConsoleProgram program) =>
        program.Runs(new Command("node", "Be a machine of a cluster, as the variables EYESLOTS_… of its user data say") { Hidden = true }, RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        await Node.RunAsync(NodeSettings.Of(Environment.GetEnvironmentVariable), session.Time, session.Say, cancellation);
        return 0;
    }
}
