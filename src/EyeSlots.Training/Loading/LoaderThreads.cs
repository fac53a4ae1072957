namespace EyeSlots.Training.Loading;

/// <summary>The threads of a pass: what one of them throws ends the pass, and none is left when this is disposed.</summary>
internal sealed class LoaderThreads : IDisposable
{
    private readonly EpochPass pass;
    private readonly List<Thread> threads = [];
    private readonly CancellationTokenSource stop;
    private readonly CancellationTokenRegistration ending;

    /// <summary>Starts none yet.</summary>
    /// <param name="pass">The pass they work for.</param>
    /// <param name="cancellation">Ends it.</param>
    public LoaderThreads(EpochPass pass, CancellationToken cancellation)
    {
        this.pass = pass;
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ending = stop.Token.Register(() => pass.End());
    }

    /// <summary>Ends reads that nobody waits for any more.</summary>
    public CancellationToken Stopping => stop.Token;

    /// <summary>Starts a thread.</summary>
    public void Start(string what, Action run)
    {
        var thread = new Thread(() => Guard(run)) { IsBackground = true, Name = $"eyeslots {what}" };
        threads.Add(thread);
        thread.Start();
    }

    /// <summary>Ends the pass and waits for all threads.</summary>
    public void Dispose()
    {
        stop.Cancel();
        foreach (var thread in threads) thread.Join();
        ending.Dispose();
        stop.Dispose();
    }

    private void Guard(Action run)
    {
        try
        {
            run();
        }
        catch (Exception error)
        {
            pass.End(error); // whatever it is, the consumer throws it
        }
    }
}
