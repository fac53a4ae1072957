using EyeSlots.Aws.CloudFormation;
using EyeSlots.Aws.CloudFormation.Model;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Aws.Requests;
using EyeSlots.Aws.Services;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Clusters;

/// <summary>
/// Why a cluster did not become ready, from who knows it best: CloudFormation says only that a machine signalled failure. The machine left its
/// reason in the mailbox or, where it had no network, on its console.
/// </summary>
internal sealed class BootEvidence(ClusterAccount account, CheckedCluster cluster, ClusterMailbox mailbox)
{
    private const string Own = "eyeslots";
    private string? firstMachine;

    /// <summary>Takes what happened to the stack.</summary>
    public void Add(StackEvent happened)
    {
        if (happened is { ResourceType: "AWS::EC2::Instance", PhysicalResourceId: ['i', '-', ..] }) firstMachine = happened.PhysicalResourceId;
    }

    /// <summary>The failure that is worth telling: this one, or the machine's own.</summary>
    public async Task<Exception> ExplainAsync(Exception error)
    {
        if (error is AwsException { AwsCode: "AlreadyExistsException" })
            return new EyeSlotsException(ErrorCodes.ClusterBusy, $"Another client makes a cluster {cluster.Options.Name} at this moment; take another --name, or wait until it is gone.", error);
        if (error is not StackException { Code: ErrorCodes.ClusterBoot or ErrorCodes.ClusterStuck } failure) return error;
        try
        {
            var reason = await ReasonAsync().ConfigureAwait(false);
            return reason is null ? error : new EyeSlotsException(failure.Code, $"The cluster {cluster.Options.Name} did not become ready: {reason} Its logs are in {mailbox.Address}.", error);
        }
        catch (Exception unknown) when (unknown is AwsException or StorageException)
        {
            return error;
        }
    }

    private async Task<string?> ReasonAsync()
    {
        if (await mailbox.Machines.FailuresAsync(CancellationToken.None).ConfigureAwait(false) is [var first, ..]) return $"{first.Instance} said '{first.Reason}'.";
        if (firstMachine is null) return null;
        var console = await new Ec2Client(account.Access).GetConsoleOutputAsync(firstMachine, CancellationToken.None).ConfigureAwait(false);
        var line = console.Split('\n').LastOrDefault(line => line.Contains(Own, StringComparison.Ordinal));
        return line is null ? null : $"{firstMachine} wrote on its console '{new string([.. line.Where(letter => !char.IsControl(letter))]).Trim()}'.";
    }
}
