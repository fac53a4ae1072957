using EyeSlots.Storage.S3.Pacing;

namespace EyeSlots.Integration.Tests.Storage.Pacing;

/// <summary>Plays reads under a limit against a model of a server, event by event, on a clock of its own.</summary>
internal sealed class ReadSimulation
{
    private readonly PriorityQueue<Action, double> events = new();
    private readonly List<(double Time, int Limit)> limits = [];
    private readonly List<double> successes = [], refusals = [];
    private readonly Random random;
    private readonly ReadLimit limit;
    private double now, lineFree, workFree, tokens, tokensAt, asked;
    private int inFlight, started, pausing, again;

    public ReadSimulation(ServerModel server, int most = 256, int seed = 1)
    {
        (Server, limit, random, tokens) = (server, new(most), new(seed), server.Burst);
    }

    /// <summary>The server; may become another one between two calls of <see cref="Run"/>.</summary>
    public ServerModel Server { get; set; }

    public int Refused { get; private set; }

    public int MostInFlight { get; private set; }

    /// <summary>Whether no more is asked for than two workers do: 64 images each at first, four more with each that comes, up to 512.</summary>
    public bool IsOfWorkers { get; init; }

    /// <summary>Goes on until a time, in seconds.</summary>
    public ReadSimulation Run(double until)
    {
        Fill();
        while (events.TryPeek(out _, out var time) && time < until)
        {
            now = time;
            events.Dequeue()();
            Fill();
            limits.Add((now, limit.Current));
        }

        now = until;
        return this;
    }

    /// <summary>Goes on until so many reads have succeeded, and says how many seconds that took; at most a minute.</summary>
    public double SecondsFor(int reads)
    {
        for (var until = 0.05; successes.Count < reads && until < 60; until += 0.05) Run(until);
        return successes.Count < reads ? 60 : successes[reads - 1];
    }

    /// <summary>Reads a second that succeeded between two times.</summary>
    public double Rate(double from, double to) => successes.Count(time => time >= from && time < to) / (to - from);

    /// <summary>Reads that were answered SlowDown between two times.</summary>
    public int SlowDownsBetween(double from, double to) => refusals.Count(time => time >= from && time < to);

    /// <summary>The limit between two times, on average.</summary>
    public double Limit(double from, double to) => limits.Where(at => at.Time >= from && at.Time < to).Average(at => at.Limit);

    private TimeSpan Now => TimeSpan.FromSeconds(now);

    private bool IsWanted => again > 0 || (IsOfWorkers ? inFlight + pausing < Math.Min(1024, 128 + (4 * successes.Count)) : Server.Demand == 0 || asked < now * Server.Demand);

    private void Fill()
    {
        while (inFlight < limit.Current && IsWanted) Start();
        if (inFlight == 0 && events.Count == 0) events.Enqueue(() => { }, now + 0.001);
    }

    private void Start()
    {
        if (again > 0) again--;
        else asked++;
        started++;
        MostInFlight = Math.Max(MostInFlight, ++inFlight);
        var began = Now;
        if (Server.Connections != 0 && inFlight > Server.Connections) At(now + 0.001, () => limit.Refused(inFlight, Now), () => Refused++);
        else if (IsTooMuch()) At(now + Server.Latency, () => limit.SlowedDown(began, Now), () => SendAway());
        else Serve(began);
    }

    private void At(double time, Action tell, Action count) => events.Enqueue(
        () =>
        {
            inFlight--;
            count();
            tell();
        },
        time);

    // It pauses without its place, as long as after a first refusal on average, and then goes before the others.
    private void SendAway()
    {
        refusals.Add(now);
        pausing++;
        events.Enqueue(
            () =>
            {
                pausing--;
                again++;
            },
            now + (0.02 * (0.5 + (0.5 * random.NextDouble()))));
    }

    // The line and the processors serve in the order of arrival; a connection's own speed lengthens its read alone.
    private void Serve(TimeSpan began)
    {
        var size = Server.Size * (random.NextDouble() < 0.5 ? 0.5 : 1.5);
        var arrives = now + (Server.Latency * (random.NextDouble() < 0.1 ? Server.Spread : 1) * (0.95 + (0.1 * random.NextDouble())));
        if (Server.OfOneConnection > 0) arrives += size / Server.OfOneConnection;
        if (Server.StallEvery > 0 && started % Server.StallEvery == 0) arrives += 2;
        events.Enqueue(() => events.Enqueue(() => At(OfProcessors(), () => limit.Succeeded(began, Now, IsWanted), () => successes.Add(now)), OfLine(size)), arrives);
    }

    private double OfLine(double size) => Server.Bandwidth == 0 ? now : lineFree = Math.Max(lineFree, now) + (size / Server.Bandwidth);

    private double OfProcessors() => workFree = Math.Max(workFree, now) + Server.Work;

    private bool IsTooMuch()
    {
        if (random.NextDouble() < Server.SlowDowns) return true;
        if (Server.Capacity == 0) return false;
        tokens = Math.Min(Server.Burst, tokens + ((now - tokensAt) * Server.Capacity));
        tokensAt = now;
        if (tokens < 1) return true;
        tokens--;
        return false;
    }
}
