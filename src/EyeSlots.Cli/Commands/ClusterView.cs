using EyeSlots.Aws.CloudFormation.Model;
using EyeSlots.Aws.Clusters;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Core;

namespace EyeSlots.Cli.Commands;

/// <summary>Shows what happens to a cluster as lines on stderr, and asks whether one is left when it is interrupted; says nothing with <c>--json</c>.</summary>
/// <param name="session">The command's.</param>
/// <param name="name">The cluster; empty for the base stack.</param>
internal sealed class ClusterView(Session session, string name) : IClusterWatch
{
    private readonly Lock gate = new();
    private (ClusterPhase Phase, int Workers)? shown;

    /// <summary>Whether the cluster is made for a job.</summary>
    public bool HasJob { get; init; }

    public void Event(StackEvent happened)
    {
        var reason = happened.ResourceStatusReason is { Length: > 0 } why ? $": {why}" : "";
        session.Say($"   {happened.ResourceStatus} {happened.LogicalResourceId} ({happened.ResourceType}){reason}");
    }

    public void Status(ClusterStatus? status)
    {
        if (status is null) return;
        lock (gate)
        {
            if (shown == (status.Phase, status.Workers)) return;
            shown = (status.Phase, status.Workers);
        }

        session.Say($"   {name}: {Word(status.Phase)}, {Quantity.Of(status.Workers, "worker")}");
    }

    // As the job wrote it, without a colour of ours; a control character in it could not be told from the terminal's own.
    public void Line(string line)
    {
        if (!session.AsJson) Lines.Write(session.Terminal.Messages, Terminal.Safe(line));
    }

    public void Note(string text) => session.Say(text);

    /// <summary>Whether a cluster whose making or job is stopped is left to its end of life: asked of somebody at a terminal, else it is not.</summary>
    public Task<bool> LeaveAsync()
    {
        var leaves = session.CanAsk && session.Terminal.Confirm($"Leave the cluster {name} to its end of life{(HasJob ? ", with its job" : "")}? It is deleted otherwise.");
        session.Say(leaves ? $"'eyeslots cluster status {name}' shows it, 'eyeslots cluster down {name}' ends it." : $"Deleting the cluster {name}.");
        return Task.FromResult(leaves);
    }

    /// <summary>A phase as users read it.</summary>
    public static string Word(ClusterPhase phase) => phase.ToString().ToLowerInvariant();
}
