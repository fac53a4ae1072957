using System.IO.Pipes;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EyeSlots.Spark.Worker;
using EyeSlots.Spark.Worker.Daemon;

namespace EyeSlots.Spark.Tests.Worker;

/// <summary>The worker's process without the process: real sockets and pipes, its exit code as a task.</summary>
internal sealed class RunningWorker : IDisposable
{
    internal const string Secret = "a secret, é";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly AnonymousPipeServerStream parent = new(PipeDirection.Out);
    private readonly AnonymousPipeServerStream output = new(PipeDirection.In);
    private readonly LogStream log = new();

    internal RunningWorker(FunctionSource functions, int idleSeconds = 60, string? socketFolder = null, TimeProvider? clock = null)
    {
        var environment = new Dictionary<string, string?> { [LaunchSettings.IdleVariable] = idleSeconds.ToString() };
        if (socketFolder is null) environment["PYTHON_WORKER_FACTORY_SECRET"] = Secret;
        else (environment["PYTHON_UNIX_DOMAIN_ENABLED"], environment["PYTHON_WORKER_FACTORY_SOCK_DIR"]) = ("True", socketFolder);
        var input = new AnonymousPipeClientStream(PipeDirection.In, parent.ClientSafePipeHandle);
        var stdout = new AnonymousPipeClientStream(PipeDirection.Out, output.ClientSafePipeHandle);
        Exit = Task.Run(() => WorkerProcess.RunAsync(
            ["-m", "pyspark.daemon", "pyspark.worker"], environment.GetValueOrDefault, new(input, stdout, log), functions, clock ?? TimeProvider.System, CancellationToken.None));
        Address = socketFolder is null
            ? new IPEndPoint(IPAddress.Loopback, Reply.Int32(output))
            : new UnixDomainSocketEndPoint(Reply.Text(output));
    }

    internal EndPoint Address { get; }

    internal Task<int> Exit { get; }

    internal string Log => log.ToString();

    internal Task<int> ExitInTime => Exit.WaitAsync(Patience);

    /// <summary>Connects, and where a secret is given says it and expects to be welcome.</summary>
    internal SparkSide Connect(string? secret = Secret)
    {
        var spark = new SparkSide(Address);
        Assert.Equal(Environment.ProcessId, Reply.Int32(spark.Stream));
        if (secret is null) return spark;
        spark.Send(Frame.Text(secret));
        Assert.Equal(secret == Secret ? "ok" : "err", Reply.Text(spark.Stream));
        return spark;
    }

    internal void CloseStandardInput() => parent.Dispose();

    internal void AskToKill(int pid) => parent.Write(Frame.Int32(pid));

    /// <summary>Waits for a text in the log, which appears from another thread.</summary>
    internal async Task Logged(string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!Log.Contains(text, StringComparison.Ordinal))
        {
            Assert.False(patience.IsCancellationRequested, $"'{text}' is not in the log:\n{Log}");
            await Task.Delay(20);
        }
    }

    public void Dispose()
    {
        parent.Dispose();
        Assert.True(Exit.Wait(Patience), "The worker does not end.");
        output.Dispose();
    }

    private sealed class LogStream : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count)
        {
            lock (this) base.Write(buffer, offset, count);
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            lock (this) base.Write(buffer);
        }

        public override string ToString()
        {
            lock (this) return Encoding.UTF8.GetString(ToArray());
        }
    }
}

/// <summary>Spark's end of a connection.</summary>
internal sealed class SparkSide : IDisposable
{
    private readonly Socket socket;

    internal SparkSide(EndPoint address)
    {
        socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 20_000, SendTimeout = 20_000 };
        socket.Connect(address);
        Stream = new(socket, ownsSocket: false);
    }

    internal NetworkStream Stream { get; }

    internal void Send(params byte[] bytes) => Stream.Write(bytes);

    internal Reply Receive(int level) => Reply.Read(Stream, level);

    /// <summary>Whether the worker has closed its side, after what was read.</summary>
    internal bool IsClosed()
    {
        try
        {
            return Stream.ReadByte() < 0;
        }
        catch (IOException reset) when (reset.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return true;
        }
    }

    public void Dispose()
    {
        Stream.Dispose();
        socket.Dispose();
    }
}
