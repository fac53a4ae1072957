using System.Globalization;
using System.Text.RegularExpressions;
using EyeSlots.Aws.Clusters;
using EyeSlots.Aws.Mailbox;

namespace EyeSlots.Aws.Nightly;

/// <summary>What is done every night, when, and by what cluster.</summary>
public sealed partial record NightlyOptions
{
    /// <summary>What all executions, and so all clusters of nights, are named after: <c>nightly-…</c>.</summary>
    internal const string Prefix = "nightly";

    /// <summary>When it begins.</summary>
    public TimeOnly At { get; init; } = new(2, 0);

    /// <summary>The time zone of <see cref="At"/>, by its IANA name.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The machines; their name is the night's.</summary>
    public required ClusterOptions Cluster { get; init; }

    /// <summary>What is done.</summary>
    public required JobRequest Job { get; init; }

    /// <summary>The beginning as EventBridge Scheduler takes it.</summary>
    internal string Schedule => string.Create(CultureInfo.InvariantCulture, $"cron({At.Minute} {At.Hour} * * ? *)");

    /// <summary>A time of the day such as 02:30, or null for anything else.</summary>
    public static TimeOnly? ParseTime(string text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    /// <summary>Checks what can be known here; returns this.</summary>
    /// <exception cref="EyeSlotsException">usage: says what is wrong.</exception>
    public NightlyOptions Validated()
    {
        Require.That(Zone().IsMatch(TimeZone), $"--time-zone takes a name such as Europe/Vienna, not '{TimeZone}'.");
        Require.That(!Job.NeedsTrainer, $"A night has a cluster, and '{Job.Command}' needs a machine that trains; take 'eyeslots cluster run'.");
        return this;
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_+/-]{0,49}\z")]
    private static partial Regex Zone();
}
