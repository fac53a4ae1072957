using System.Globalization;
using EyeSlots.Aws.CloudFormation.Model;
using EyeSlots.Aws.Costs;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Aws.Services;

namespace EyeSlots.Aws.Clusters;

/// <summary>Looks at the clusters of a region.</summary>
/// <param name="account">The account.</param>
public sealed class ClusterStatuses(ClusterAccount account)
{
    private const double SecondsPerHour = 3600;

    /// <summary>Every cluster of ours in the region, overdue ones first, then the oldest.</summary>
    public async Task<IReadOnlyList<ClusterReport>> AllAsync(CancellationToken cancellation = default)
    {
        List<ClusterReport> reports = [];
        foreach (var stack in await account.Life.ListAsync(ClusterName.StackPrefix, cancellation).ConfigureAwait(false))
        {
            if (ClusterName.OfStack(stack.StackName) is { } name) reports.Add(await OfAsync(name, stack, cancellation).ConfigureAwait(false));
        }

        return [.. reports.OrderByDescending(report => report.Overdue).ThenByDescending(report => report.Age)];
    }

    /// <summary>One cluster.</summary>
    /// <exception cref="EyeSlotsException">cluster-missing: there is none of this name.</exception>
    public async Task<ClusterReport> OneAsync(ClusterName name, CancellationToken cancellation = default) =>
        await OfAsync(name, await FindAsync(name, cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);

    /// <summary>The stack of a cluster.</summary>
    /// <exception cref="EyeSlotsException">cluster-missing: there is none of this name.</exception>
    internal async Task<Stack> FindAsync(ClusterName name, CancellationToken cancellation) =>
        await account.Life.FindAsync(name.StackName, cancellation).ConfigureAwait(false)
        ?? throw new EyeSlotsException(ErrorCodes.ClusterMissing, $"There is no cluster {name} in {account.Region}; 'eyeslots cluster status' shows those that are.");

    private async Task<ClusterReport> OfAsync(ClusterName name, Stack stack, CancellationToken cancellation)
    {
        var age = account.Time.GetUtcNow() - stack.CreationTime;
        var said = await SaidAsync(name, cancellation).ConfigureAwait(false);
        return new()
        {
            Name = name.ToString(), StackId = stack.StackId, Region = account.Region, Status = stack.StackStatus, Phase = said?.Phase, Workers = said?.Workers, Job = said?.Job,
            Progress = said?.Progress is { Length: > 0 } progress ? progress : null,
            Age = Math.Round(age.TotalSeconds), Lifetime = LifetimeOf(stack), Actual = await SoFarAsync(name, age, cancellation).ConfigureAwait(false),
        };
    }

    // A stack is there and is to be seen even where its base is gone.
    private async Task<ClusterStatus?> SaidAsync(ClusterName name, CancellationToken cancellation)
    {
        if (await account.Life.FindAsync(ClusterBase.StackName, cancellation).ConfigureAwait(false) is not { } ground || ground.OutputOf("ArtifactBucket") is not { } bucket) return null;
        return await ClusterMailbox.Open(account.Stores, bucket, name).StatusAsync(cancellation).ConfigureAwait(false);
    }

    private async Task<ActualCost> SoFarAsync(ClusterName name, TimeSpan age, CancellationToken cancellation)
    {
        var machines = await new Ec2Client(account.Access).DescribeInstancesAsync(ClusterRequest.ClusterTag, name.ToString(), cancellation).ConfigureAwait(false);
        var (seconds, dollars) = (0.0, 0.0);
        foreach (var machine in machines.Where(machine => machine.State is "pending" or "running"))
        {
            var ran = Math.Max(0, (account.Time.GetUtcNow() - machine.LaunchTime).TotalSeconds);
            seconds += ran;
            dollars += ran / SecondsPerHour * PriceOf(machine.InstanceType);
        }

        return new(Math.Round(age.TotalSeconds), Math.Round(seconds), dollars);
    }

    // Of a type that somebody chose by hand nothing is known; its seconds are counted all the same.
    private static double PriceOf(string type)
    {
        var prices = PriceFile.Default;
        var known = prices.MasterTypes.Concat(prices.WorkerTypes).Concat(prices.TrainerTypes).FirstOrDefault(one => one.Name == type);
        return known is null ? 0 : known.Price.Value + prices["public IPv4"].Value;
    }

    private static double? LifetimeOf(Stack stack) =>
        stack.Parameters.FirstOrDefault(parameter => parameter.ParameterKey == ClusterRequest.Lifetime)?.ParameterValue is { } text &&
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
}
