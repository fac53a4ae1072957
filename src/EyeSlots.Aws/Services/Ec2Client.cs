using System.Text;
using EyeSlots.Aws.Requests;

namespace EyeSlots.Aws.Services;

/// <summary>Machines.</summary>
/// <param name="access">Who asks, and where.</param>
internal sealed class Ec2Client(AwsAccess access)
{
    private readonly QueryClient query = new(access, AwsService.Ec2);

    /// <summary>What a machine wrote to its console, 64 KB at most; empty while AWS has nothing.</summary>
    /// <exception cref="AwsException">AWS refused it or was not reached; so for all others.</exception>
    public async Task<string> GetConsoleOutputAsync(string instance, CancellationToken cancellation = default)
    {
        var answer = await query.CallAsync("GetConsoleOutput", new QueryForm().Add("InstanceId", instance).Add("Latest", true), cancellation).ConfigureAwait(false);
        var output = answer.Optional("output") ?? "";
        var bytes = new byte[output.Length];
        return Convert.TryFromBase64String(output, bytes, out var count) ? Encoding.UTF8.GetString(bytes, 0, count) : "";
    }

    /// <summary>The machines of a tag, terminated ones among them while AWS remembers them.</summary>
    /// <param name="tag">The tag's name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="cancellation">Ends it at once.</param>
    public async Task<IReadOnlyList<Instance>> DescribeInstancesAsync(string tag, string value, CancellationToken cancellation = default)
    {
        List<Instance> all = [];
        string? next = null;
        do
        {
            var form = new QueryForm().Add("Filter.1.Name", $"tag:{tag}").AddList("Filter.1.Value", [value]).Add("NextToken", next);
            var answer = await query.CallAsync("DescribeInstances", form, cancellation).ConfigureAwait(false);
            foreach (var reservation in answer.List("reservationSet", "item")) all.AddRange(reservation.List("instancesSet", "item").Select(Read));
            next = answer.Optional("nextToken");
        }
        while (next is not null);
        return all;
    }

    private static Instance Read(XmlAnswer answer) => new(
        answer.Text("instanceId"), answer.Text("instanceType"), answer.Child("instanceState").Text("name"), answer.Time("launchTime"), answer.Optional("instanceLifecycle") == "spot");
}

/// <summary>A machine.</summary>
/// <param name="InstanceId">Its id.</param>
/// <param name="InstanceType">Such as <c>c7i.4xlarge</c>.</param>
/// <param name="State">Such as <c>running</c>.</param>
/// <param name="LaunchTime">Since when it is paid for.</param>
/// <param name="IsSpot">Whether AWS may take it back.</param>
internal sealed record Instance(string InstanceId, string InstanceType, string State, DateTimeOffset LaunchTime, bool IsSpot);
