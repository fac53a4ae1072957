using EyeSlots.Aws.Requests;

namespace EyeSlots.Aws.Services;

/// <summary>Groups of machines.</summary>
/// <param name="access">Who asks, and where.</param>
internal sealed class AutoScalingClient(AwsAccess access)
{
    private readonly QueryClient query = new(access, AwsService.AutoScaling);

    /// <summary>A group with its machines, or null where it is not there.</summary>
    /// <exception cref="AwsException">AWS refused it or was not reached; so for all others.</exception>
    public async Task<AutoScalingGroup?> DescribeAutoScalingGroupAsync(string name, CancellationToken cancellation = default)
    {
        var answer = await query.CallAsync("DescribeAutoScalingGroups", new QueryForm().AddList("AutoScalingGroupNames.member", [name]), cancellation).ConfigureAwait(false);
        return answer.Child("DescribeAutoScalingGroupsResult").List("AutoScalingGroups").Select(Group).FirstOrDefault();
    }

    /// <summary>Sets the bounds of a group and how many machines it shall have, both together.</summary>
    /// <param name="name">The group's name.</param>
    /// <param name="minimum">Never fewer.</param>
    /// <param name="desired">As many.</param>
    /// <param name="maximum">Never more, or null: as before.</param>
    /// <param name="cancellation">Ends it at once.</param>
    public Task UpdateAutoScalingGroupAsync(string name, int minimum, int desired, int? maximum = null, CancellationToken cancellation = default) => query.CallAsync(
        "UpdateAutoScalingGroup",
        new QueryForm().Add("AutoScalingGroupName", name).Add("MinSize", minimum).Add("MaxSize", maximum).Add("DesiredCapacity", desired),
        cancellation);

    /// <summary>Sets how many machines a group shall have, within its bounds.</summary>
    public Task SetDesiredCapacityAsync(string name, int desired, CancellationToken cancellation = default) => query.CallAsync(
        "SetDesiredCapacity", new QueryForm().Add("AutoScalingGroupName", name).Add("DesiredCapacity", desired), cancellation);

    /// <summary>What a group did last, the newest first, 20 at most.</summary>
    public async Task<IReadOnlyList<ScalingActivity>> DescribeScalingActivitiesAsync(string name, CancellationToken cancellation = default)
    {
        var form = new QueryForm().Add("AutoScalingGroupName", name).Add("MaxRecords", 20);
        var answer = await query.CallAsync("DescribeScalingActivities", form, cancellation).ConfigureAwait(false);
        return [.. answer.Child("DescribeScalingActivitiesResult").List("Activities").Select(item => new ScalingActivity(
            item.Text("ActivityId"), item.Text("StatusCode"), item.Optional("StatusMessage"), item.Optional("Description") ?? "", item.Time("StartTime")))];
    }

    private static AutoScalingGroup Group(XmlAnswer answer) => new(
        answer.Text("AutoScalingGroupName"),
        answer.Number("MinSize"),
        answer.Number("MaxSize"),
        answer.Number("DesiredCapacity"),
        [.. answer.List("Instances").Select(item => new GroupInstance(item.Text("InstanceId"), item.Text("LifecycleState"), item.Optional("InstanceType"), item.Text("AvailabilityZone")))]);
}

/// <summary>A group of machines.</summary>
/// <param name="AutoScalingGroupName">Its name.</param>
/// <param name="MinSize">Never fewer machines.</param>
/// <param name="MaxSize">Never more.</param>
/// <param name="DesiredCapacity">How many it shall have.</param>
/// <param name="Instances">Those that it has.</param>
internal sealed record AutoScalingGroup(string AutoScalingGroupName, int MinSize, int MaxSize, int DesiredCapacity, IReadOnlyList<GroupInstance> Instances);

/// <summary>A machine of a group.</summary>
/// <param name="InstanceId">Its id.</param>
/// <param name="LifecycleState">Such as <c>InService</c>.</param>
/// <param name="InstanceType">Such as <c>c7i.4xlarge</c>, or null.</param>
/// <param name="AvailabilityZone">Its zone.</param>
internal sealed record GroupInstance(string InstanceId, string LifecycleState, string? InstanceType, string AvailabilityZone);

/// <summary>Something that a group did.</summary>
/// <param name="ActivityId">Its id.</param>
/// <param name="StatusCode">Such as <c>Failed</c>.</param>
/// <param name="StatusMessage">Why, or null.</param>
/// <param name="Description">What.</param>
/// <param name="StartTime">When it began.</param>
internal sealed record ScalingActivity(string ActivityId, string StatusCode, string? StatusMessage, string Description, DateTimeOffset StartTime);
