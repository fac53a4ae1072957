using EyeSlots.Aws.Mailbox;
using EyeSlots.Aws.Nodes;
using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>
/// A master that works alone: the code of <c>eyeslots node</c> in this process, with power and stack signals played, and without a user of its
/// own. Its jobs are the program as a process.
/// </summary>
internal sealed class PlayedMachine : INodePower, INodeCloud, INodeProcesses, IDisposable
{
    private const string Instance = "i-0123456789abcdef0", Address = "127.0.0.1";
    private readonly NodeProcesses real = new();
    private readonly Scratch home = new();
    private readonly PreparedAccount account;
    private readonly ClusterName name;
    private readonly IReadOnlyDictionary<string, string> variables;

    /// <summary>A machine that does not run yet.</summary>
    /// <param name="account">The account.</param>
    /// <param name="name">The cluster.</param>
    /// <param name="variables">Variables by which its jobs reach the account: what a machine has from its role.</param>
    public PlayedMachine(PreparedAccount account, string name, IReadOnlyDictionary<string, string>? variables = null) =>
        (this.account, this.name, this.variables) = (account, ClusterName.Parse(name), variables ?? account.Moto.EnvironmentVariables);

    /// <summary>Whether the stack was told that it is ready.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Boots once the client has put a job into the mailbox, as a machine would that needs some seconds.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (await account.Mailbox(name.ToString()).Jobs.NextAsync(cancellation) is null) await Task.Delay(100, cancellation);
            await new NodeLife(Parts()).RunAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    public void Off() => throw new InvalidOperationException("Nobody asked for the end of this machine.");

    public Task SignalAsync(string instance, bool isReady, CancellationToken cancellation)
    {
        IsReady = isReady;
        return Task.CompletedTask;
    }

    public Task<string> ReadSecretAsync(CancellationToken cancellation) => throw new InvalidOperationException("A master alone has no secret.");

    public Task SetWorkersAsync(int count, CancellationToken cancellation) => throw new InvalidOperationException("A master alone has no workers.");

    public Task<string?> LastActivityAsync(CancellationToken cancellation) => Task.FromResult<string?>(null);

    /// <summary>Starts the job as this user, with the keys that a machine's role would give it; makes no user of its own.</summary>
    public INodeProcess Start(ProcessRequest request) => request.Program is "useradd" or "chown" or "chmod"
        ? real.Start(request with { Program = "true", Arguments = [] })
        : real.Start(request with { Program = EyeSlotsProgram.Path, WithoutRights = false, Environment = new Dictionary<string, string>(request.Environment.Concat(variables).DistinctBy(pair => pair.Key)) });

    public void Dispose() => home.Dispose();

    private NodeParts Parts()
    {
        var (folder, time, stores) = (new NodeFolder(home.Folder), TimeProvider.System, account.Account.Stores);
        folder.Make();
        var log = new NodeLog(Path.Combine(folder.Logs, "node.log"), time, _ => { });
        var mailbox = account.Mailbox(name.ToString());
        return new()
        {
            Settings = new() { Region = MotoServer.Region, Bucket = account.ArtifactBucket, Cluster = name, Role = NodeRole.Master, Stack = name.StackName, Resource = "Master", Lifetime = TimeSpan.FromHours(1), Home = home.Folder },
            Instance = Instance, Time = time, Stores = stores, Processes = this, Cloud = this, Power = this, Pages = new SparkPages(Address), IsTakenBack = _ => Task.FromResult(false),
            Spark = new(folder, Address), Folder = folder, Log = log, Mailbox = mailbox, Logs = new(folder, mailbox.Machines, Instance, time, log),
        };
    }
}
