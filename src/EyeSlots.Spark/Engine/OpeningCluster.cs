using EyeSlots.Spark.Connect;
using EyeSlots.Spark.Contract;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Spark.Engine;

/// <summary>
/// A session that is opened, and executors that make themselves ready, while the caller plans. Executors fetch the worker, unpack it and
/// start it before their first task, for about a second; tasks that have nothing to make bring that forward, and by the time that the job's
/// query comes Spark has compiled it. They also tell whether an earlier session has left the library, which then is not sent.
/// </summary>
public sealed class OpeningCluster : IAsyncDisposable
{
    private const int MostTasks = 64;
    private readonly CancellationTokenSource ending;
    private readonly CancellationTokenSource failing;
    private readonly RemoteJob job;
    private readonly ILogger log;
    private readonly Task warming;
    private readonly Task keepingAlive;
    private volatile bool isAwaited;

    /// <summary>Whether executors are ready; begins when the program has been sent. Never fails.</summary>
    private Task<bool> asking = Task.FromResult(false);

    /// <summary>Starts to open.</summary>
    public OpeningCluster(SparkEngineOptions options, RemoteJob job, ILogger log, CancellationToken cancellation)
    {
        (this.job, this.log) = (job, log);
        ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        failing = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Opened = SparkCluster.OpenAsync(options, cluster => asking = AskAsync(cluster), ending.Token);
        warming = WarmAsync();
        keepingAlive = KeepAliveAsync(options);
    }

    /// <summary>The session, or why there is none.</summary>
    public Task<SparkCluster> Opened { get; }

    /// <summary>Waits for the session, since the plan is ready: the job's own tasks then come first, and make executors ready as well as others would.</summary>
    public Task WaitAsync(CancellationToken cancellation)
    {
        isAwaited = true;
        return Opened.WaitAsync(cancellation);
    }

    /// <summary>Cancelled when there will be no session, so that nobody goes on planning for it.</summary>
    public CancellationToken Failing => failing.Token;

    /// <summary>Ends the session, or the attempt to open it; never throws. Executors delete its files with their own folder; our worker ends there when it has been idle.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync().ConfigureAwait(false);
        await warming.ConfigureAwait(false);
        await asking.ConfigureAwait(false);
        await keepingAlive.ConfigureAwait(false);
        if (Opened.IsCompletedSuccessfully) await (await Opened.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        ending.Dispose();
        failing.Dispose();
    }

    /// <summary>Never throws. To plan a folder of the 2021 layout on S3 can take longer than Spark keeps a session that nobody uses.</summary>
    private async Task KeepAliveAsync(SparkEngineOptions options)
    {
        try
        {
            var cluster = await Opened.ConfigureAwait(false);
            for (; ; )
            {
                await Task.Delay(options.KeepAlive, options.Session.Time, ending.Token).ConfigureAwait(false);
                await cluster.Session.Conf.GetOptionAsync("spark.app.name", ending.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception error)
        {
            log.LogDebug(error, "The session is kept alive no longer.");
        }
    }

    /// <summary>Never throws.</summary>
    private async Task WarmAsync()
    {
        try
        {
            var cluster = await Opened.ConfigureAwait(false);
            log.LogInformation("Spark {Version}, session {Session}.", cluster.Session.Version, cluster.Session.SessionId);
            if (!await asking.ConfigureAwait(false) && !isAwaited) await AskAsync(cluster).ConfigureAwait(false);
        }
        catch (Exception)
        {
            await failing.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Whether all executors that ran a task are ready now. Nothing depends on these tasks: what is wrong will fail the job's own too, and is told then.</summary>
    private async Task<bool> AskAsync(SparkCluster cluster)
    {
        try
        {
            var isReady = true;
            var rows = SliceWaves.Empty(Math.Clamp(2 * (cluster.Cores ?? MostTasks), 1, MostTasks));
            await foreach (var row in ShardQuery.Of(cluster.Session, job, rows).CollectAsync(cancellation: ending.Token).ConfigureAwait(false))
                isReady &= ShardFunction.UnreadyOf(row.GetAs<object>) is null;
            log.LogDebug("The executors {Have} the worker's library.", isReady ? "have" : "lack");
            return isReady;
        }
        catch (Exception error)
        {
            log.LogDebug(error, "The executors were not made ready; the job's own tasks do it.");
            return false;
        }
    }
}
