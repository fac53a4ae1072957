using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace EyeSlots.Spark.Tests.Servers;

/// <summary>
/// A program with all its children in a process group of its own. The group is killed when this is disposed, when the program ends,
/// and when the test process dies in any way: a guard in the group reads from a pipe that only the test process holds open.
/// </summary>
internal sealed class ProcessGroup : IAsyncDisposable
{
    // The group's leader is the shell, so $$ is the group. The guard reads the pipe; the program must not.
    private const string Guarded = """
        exec 3<&0
        (read -r _ <&3; kill -9 -$$) &
        "$@" </dev/null 3<&- &
        echo "pid $!" >&2
        wait $!
        echo "ended with $?" >&2
        kill -9 -$$
        """;

    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();
    private readonly TaskCompletionSource<string> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> pid = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string readyText;

    private ProcessGroup(ProcessStartInfo start, string readyText)
    {
        this.readyText = readyText;
        process = new() { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"The server ended before it was up:\n{Log}"));
    }

    /// <summary>The program itself, for signals.</summary>
    public int ProgramId => pid.Task.Result;

    /// <summary>The line that said so.</summary>
    public string ReadyLine => ready.Task.Result;

    /// <summary>The last lines that it wrote.</summary>
    public string Log => string.Join('\n', lines);

    /// <summary>Starts a program and waits until one of its lines contains the text.</summary>
    public static async Task<ProcessGroup> StartAsync(
        IEnumerable<string> command, IReadOnlyDictionary<string, string> environment, string readyText, TimeSpan patience)
    {
        var start = new ProcessStartInfo("setsid", ["sh", "-c", Guarded, "sh", .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var group = new ProcessGroup(start, readyText);
        group.process.Start();
        group.process.BeginOutputReadLine();
        group.process.BeginErrorReadLine();
        try
        {
            await group.ready.Task.WaitAsync(patience);
            return group;
        }
        catch (Exception error)
        {
            await group.DisposeAsync();
            throw error is TimeoutException ? new TimeoutException($"The server was not up in time:\n{group.Log}") : error;
        }
    }

    /// <summary>Sends a signal, such as STOP, to the program alone.</summary>
    public void Signal(string name) => Tools.Run("kill", $"-{name}", ProgramId.ToString(CultureInfo.InvariantCulture));

    public async ValueTask DisposeAsync()
    {
        try
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(10)).Token);
        }
        finally
        {
            process.Dispose();
        }
    }

    private void Take(string? line)
    {
        if (line is null) return;
        lines.Enqueue(line);
        if (lines.Count > 400) lines.TryDequeue(out _);
        if (line.StartsWith("pid ", StringComparison.Ordinal)) pid.TrySetResult(int.Parse(line.AsSpan(4), CultureInfo.InvariantCulture));
        if (line.Contains(readyText, StringComparison.Ordinal)) ready.TrySetResult(line);
    }
}
