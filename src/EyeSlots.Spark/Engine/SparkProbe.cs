using System.Globalization;
using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Spark.Connect;
using EyeSlots.Spark.Contract;

namespace EyeSlots.Spark.Engine;

/// <summary>
/// Whether a cluster can do the job: the way to it, its version, and every executor. Spark does not say which executors there are,
/// so twice as many tasks as cores are sent, and each lasts long enough that no executor takes those of another.
/// </summary>
public static class SparkProbe
{
    private const int MostTasks = 1024, UnknownCores = 64;

    /// <summary>Half of what S3 takes for a signature of the past.</summary>
    private static readonly TimeSpan MostClockOffset = TimeSpan.FromMinutes(7);

    /// <summary>Runs all checks; what depends on a failed one is left out. Failures of the cluster become failed checks.</summary>
    public static async Task<IReadOnlyList<ProbeResult>> RunAsync(SparkEngineOptions options, RemoteProbe asked, CancellationToken cancellation)
    {
        List<ProbeResult> checks = [];
        try
        {
            await using var cluster = await SparkCluster.OpenAsync(options, cancellation).ConfigureAwait(false);
            checks.Add(new("spark", true, string.Create(CultureInfo.InvariantCulture,
                $"Spark {cluster.Session.Version}, protocol level {cluster.Session.ProtocolLevel}; connected and uploaded in {cluster.SessionSeconds:F1} s")));
            checks.AddRange(await SparkFailures.TranslateAsync(() => AskAsync(cluster, asked, options.Session.Time, cancellation)).ConfigureAwait(false));
        }
        catch (EyeSlotsException error)
        {
            checks.Add(new("spark", false, error.Message));
        }

        return checks;
    }

    private static async Task<List<ProbeResult>> AskAsync(SparkCluster cluster, RemoteProbe asked, TimeProvider time, CancellationToken cancellation)
    {
        var tasks = Math.Clamp(2 * (cluster.Cores ?? UnknownCores), 2, MostTasks);
        var frame = Probing.Of(cluster.Session, asked, tasks);
        var begun = time.GetUtcNow();
        List<ProbeAnswer> answers = [];
        await foreach (var row in frame.CollectAsync(cancellation: cancellation).ConfigureAwait(false)) answers.Add(ProbeFunction.AnswerOf(row.GetAs<object>));
        var ended = time.GetUtcNow();
        return [.. Checks(answers, begun, ended)];
    }

    private static IEnumerable<ProbeResult> Checks(List<ProbeAnswer> answers, DateTimeOffset begun, DateTimeOffset ended)
    {
        foreach (var executor in answers.GroupBy(answer => (answer.Host, answer.Process)).OrderBy(group => group.Key))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"executor {executor.Key.Host}/{executor.Key.Process}");
            foreach (var check in executor.GroupBy(answer => answer.Check.Check))
            {
                // Of several tasks on an executor the one that failed counts.
                var told = check.FirstOrDefault(answer => !answer.Check.Passed) ?? check.First();
                yield return told.Check with { Check = $"{name}: {told.Check.Check}" };
            }

            yield return Clock(name, executor.Select(answer => answer.Clock), begun, ended);
        }
    }

    /// <summary>An executor's clock cannot be read at one moment, but it must lie between begin and end of the query.</summary>
    private static ProbeResult Clock(string executor, IEnumerable<DateTimeOffset> seen, DateTimeOffset begun, DateTimeOffset ended)
    {
        var offset = seen.Max(at => at < begun ? begun - at : at > ended ? at - ended : TimeSpan.Zero);
        return new($"{executor}: clock", offset < MostClockOffset, offset == TimeSpan.Zero
            ? "agrees with this machine's"
            : string.Create(CultureInfo.InvariantCulture, $"differs from this machine's by {offset.TotalSeconds:F0} s or more; S3 refuses signatures that are 15 minutes off, so set the clock"));
    }
}
