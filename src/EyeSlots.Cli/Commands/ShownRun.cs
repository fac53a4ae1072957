using EyeSlots.Core.Planning;
using EyeSlots.Preprocessing.Jobs;

namespace EyeSlots.Cli.Commands;

/// <summary>The job, and on the screen where it is.</summary>
internal static class ShownRun
{
    /// <summary>Runs the job on this machine.</summary>
    public static Task<PreprocessSummary> RunLocallyAsync(Session session, PreprocessOptions options, CancellationToken cancellation) =>
        RunAsync(session, options, _ => new LocalEngines(session.Stores, session.Log), "", cancellation);

    /// <summary>Runs the job on what the engines open.</summary>
    /// <param name="session">The command's.</param>
    /// <param name="options">What to do.</param>
    /// <param name="engines">The kind of engine; it may tell the steps what it does.</param>
    /// <param name="address">Where the engine is, as long as it opens.</param>
    /// <param name="cancellation">Stops cleanly.</param>
    public static Task<PreprocessSummary> RunAsync(
        Session session, PreprocessOptions options, Func<JobSteps, IEngineFactory> engines, string address, CancellationToken cancellation) =>
        ProgressView.RunAsync(session, steps =>
        {
            var shown = new JobSteps(steps, address);
            return new PreprocessRun(session.Stores, engines(shown), session.Time, session.Log).RunAsync(options, shown, cancellation);
        });
}
