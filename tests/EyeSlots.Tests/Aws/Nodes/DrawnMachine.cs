using System.Collections.Concurrent;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Aws.Nodes;
using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Aws.Nodes;

/// <summary>A machine whose clock, processes, power and AWS a test moves; its bucket is a folder. Everything that it does to the world is in <see cref="Deeds"/>, in order.</summary>
internal sealed class DrawnMachine : INodeCloud, INodePower, INodeProcesses, ISparkPages, IObjectStoreFactory, IDisposable
{
    public const string Id = "i-0123456789abcdef0";
    private readonly TempFolder folder = new();
    private readonly JumpingTime time = new(DateTimeOffset.UnixEpoch);

    public ConcurrentQueue<string> Deeds { get; } = new();

    /// <summary>How a job's program ends, by its arguments: exit code and what it prints.</summary>
    public Func<string, (int Code, string Output)> Program { get; set; } = _ => (0, """{"shardsMade": 0}""");

    public int? WorkersAlive { get; set; } = 0;

    /// <summary>Whether workers are there as soon as they are asked for.</summary>
    public bool WorkersComeAtOnce { get; set; } = true;

    public string? Activity { get; set; }

    /// <summary>What a daemon of Spark says when it is started.</summary>
    public string DaemonSays { get; set; } = "";

    public bool IsTakenBack { get; set; }

    /// <summary>Whether the master has taken this machine's worker.</summary>
    public bool IsRegistered { get; set; }

    public NodeSettings Settings { get; set; } = null!;

    public ClusterMailbox Mailbox => ClusterMailbox.Open(this, Settings.Bucket, Settings.Cluster);

    public string Home => folder.At("home");

    public static NodeSettings Of(NodeRole role) => new()
    {
        Region = "eu-central-1", Bucket = "artifacts", Cluster = ClusterName.Parse("faces"), Role = role, Stack = "eyeslots-run-faces", Resource = "Master", Group = "eyeslots-run-faces",
        Secret = "eyeslots/faces", Lifetime = TimeSpan.FromHours(1), Home = "",
    };

    /// <summary>Lives until it ends by itself, or what a test waits for has come; the clock goes on so many seconds at a time.</summary>
    public async Task LiveAsync(Func<Task<bool>>? until = null, int secondsAtATime = 1)
    {
        using var stop = new CancellationTokenSource();
        var life = Task.Run(() => new NodeLife(Parts()).RunAsync(stop.Token));
        for (var seconds = 0; !life.IsCompleted && !(until is not null && await until()); seconds += secondsAtATime)
        {
            Assert.True(seconds < 20_000, "What the test waits for did not come: " + string.Join(" | ", Deeds));
            time.Advance(TimeSpan.FromSeconds(secondsAtATime));
            await Task.Delay(1);
        }

        await stop.CancelAsync();
        while (!life.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(60));
            await Task.Delay(1);
        }

        if (life.IsFaulted) await life;
    }

    /// <summary>Writes a file of the artifact bucket.</summary>
    public void Write(string key, string text) => folder.Write($"{Settings.Bucket}/{key}", text);

    /// <summary>What lies in the artifact bucket below a key.</summary>
    public SortedDictionary<string, byte[]> Files(string below) => folder.Files($"{Settings.Bucket}/{below}");

    public void Dispose() => folder.Dispose();

    IObjectStore IObjectStoreFactory.Open(StorageAddress root, bool followLinks) => new LocalObjectStore(StorageAddress.Parse(folder.At($"{root.Bucket}/{root.Path}")));

    Task INodeCloud.SignalAsync(string instance, bool isReady, CancellationToken cancellation) => Do(isReady ? "signal SUCCESS" : "signal FAILURE");

    Task<string> INodeCloud.ReadSecretAsync(CancellationToken cancellation) => Task.FromResult("0123456789abcdef");

    Task INodeCloud.SetWorkersAsync(int count, CancellationToken cancellation)
    {
        if (WorkersComeAtOnce) WorkersAlive = count;
        return Do($"set workers {count}");
    }

    Task<string?> INodeCloud.LastActivityAsync(CancellationToken cancellation) => Task.FromResult(Activity);

    void INodePower.Off() => Do("off");

    Task<int?> ISparkPages.WorkersAliveAsync(CancellationToken cancellation) => Task.FromResult(WorkersAlive);

    Task<bool> ISparkPages.IsRegisteredAsync(CancellationToken cancellation) => Task.FromResult(IsRegistered);

    Task<bool> ISparkPages.ConnectAnswersAsync(CancellationToken cancellation) => Task.FromResult(true);

    INodeProcess INodeProcesses.Start(ProcessRequest request)
    {
        var words = string.Join(' ', request.Arguments.Prepend(Path.GetFileName(request.Program)));
        if (request.Program is "useradd" or "chown" or "chmod") return new DrawnProcess(0);
        Deeds.Enqueue(words);
        File.AppendAllText(request.Log, $"running {words}\n");
        if (request.Output is null) File.AppendAllText(request.Log, DaemonSays);
        if (request.Output is null) return new DrawnProcess(null);
        var (code, output) = Program(words);
        File.WriteAllText(request.Output, output);
        return new DrawnProcess(code);
    }

    private NodeParts Parts()
    {
        var home = new NodeFolder(Home);
        home.Make();
        foreach (var file in (string[])["spark/bin/spark-class", "jre/bin/java"]) folder.Write("home/" + file, "");
        var log = new NodeLog(Path.Combine(home.Logs, "node.log"), time, line => Deeds.Enqueue("say " + line));
        return new()
        {
            Settings = Settings with { Home = Home }, Instance = Id, Time = time, Stores = this, Processes = this, Cloud = this, Power = this, Pages = this,
            IsTakenBack = _ => Task.FromResult(IsTakenBack), Spark = new(home, "10.0.0.1"), Folder = home, Log = log, Mailbox = Mailbox,
            Logs = new(home, Mailbox.Machines, Id, time, log),
        };
    }

    private Task Do(string deed)
    {
        Deeds.Enqueue(deed);
        return Task.CompletedTask;
    }
}

/// <summary>A process that has ended, or runs until somebody ends it.</summary>
internal sealed class DrawnProcess : INodeProcess
{
    private readonly TaskCompletionSource<int> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DrawnProcess(int? code)
    {
        if (code is { } known) ended.SetResult(known);
    }

    public Task<int> Ended => ended.Task;

    public void Signal(int signal) => ended.TrySetResult(128 + signal);

    public ValueTask DisposeAsync()
    {
        Signal(ProcessSignal.Terminate);
        return ValueTask.CompletedTask;
    }
}
