using System.Globalization;
using System.Text.RegularExpressions;

namespace EyeSlots.Aws.Mailbox;

/// <summary>
/// The layout below <c>clusters/NAME/</c> of the artifact bucket, which the client's side, the machines and the templates' state machines
/// read and write.
/// </summary>
public static partial class MailboxKeys
{
    /// <summary>The master's address, one line.</summary>
    public const string Master = "master";

    /// <summary>What the cluster does, written every ten seconds.</summary>
    public const string Status = "status.json";

    /// <summary>Where jobs, results, failures and logs lie.</summary>
    public const string Jobs = "jobs/", Results = "results/", Failures = "failed/", Logs = "logs/";

    /// <summary>The largest number of a job; the first has 1.</summary>
    public const int MostJobs = 9999;

    /// <summary>A job's request.</summary>
    public static string Job(int number) => Name(Jobs, number, "json");

    /// <summary>What a job says on its standard error.</summary>
    public static string JobLog(int number) => Name(Jobs, number, "log");

    /// <summary>The result of a job that ended with 0, and of one that did not.</summary>
    public static string Result(int number, bool succeeded) => Name(Results, number, succeeded ? "succeeded" : "failed");

    /// <summary>Why a machine failed, one line.</summary>
    public static string Failure(string instance) => Failures + instance;

    /// <summary>A part of a machine's log file. The parts of a file, in the order of their keys, are the file.</summary>
    /// <param name="instance">The machine.</param>
    /// <param name="file">The file, a path below the folder of logs.</param>
    /// <param name="offset">Bytes of the file before the part.</param>
    public static string LogPart(string instance, string file, long offset) => string.Create(CultureInfo.InvariantCulture, $"{Logs}{instance}/{file}/{offset:D12}");

    /// <summary>The number of a job, if this is the key of a request.</summary>
    internal static int? NumberOfJob(string key) =>
        Request().Match(key) is { Success: true } found ? int.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;

    /// <summary>Whether a text may be a machine's id, as EC2 gives them.</summary>
    internal static bool IsInstance(string text) => Instance().IsMatch(text);

    private static string Name(string folder, int number, string extension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, MostJobs);
        return string.Create(CultureInfo.InvariantCulture, $"{folder}{number:D4}.{extension}");
    }

    [GeneratedRegex(@"^jobs/(\d{4})\.json\z")]
    private static partial Regex Request();

    [GeneratedRegex(@"^i-[0-9a-f]{8,17}\z")]
    private static partial Regex Instance();
}
