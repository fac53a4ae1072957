using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using EyeSlots.Core;

namespace EyeSlots.Aws.Nodes;

/// <summary>Signals that a node sends, by their numbers on x64.</summary>
internal static class ProcessSignal
{
    public const int Kill = 9, Terminate = 15;

    /// <summary>What Spark's worker takes for the order to decommission itself.</summary>
    public const int PowerFailure = 30;
}

/// <summary>A program to start. It gets the variables that are named and a few harmless ones, never the node's own.</summary>
/// <param name="Program">Its full path, or its name in PATH.</param>
/// <param name="Arguments">Everybody on the machine can read them.</param>
internal sealed record ProcessRequest(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Where it works.</summary>
    public string Folder { get; init; } = "/";

    /// <summary>Whether it runs as the user <see cref="NodeUser.Name"/>, who has no rights.</summary>
    public bool WithoutRights { get; init; }

    /// <summary>The file that takes its standard output, or null: that of its errors.</summary>
    public string? Output { get; init; }

    /// <summary>The file to which its errors are added.</summary>
    public required string Log { get; init; }
}

/// <summary>A program that runs.</summary>
internal interface INodeProcess : IAsyncDisposable
{
    /// <summary>Ends with its exit code.</summary>
    Task<int> Ended { get; }

    /// <summary>Sends it a signal.</summary>
    void Signal(int signal);
}

/// <summary>Starts programs.</summary>
internal interface INodeProcesses
{
    /// <summary>Starts one.</summary>
    /// <exception cref="EyeSlotsException">cluster-boot: it cannot be started.</exception>
    INodeProcess Start(ProcessRequest request);
}

/// <summary>The processes of the machine that this is.</summary>
internal sealed partial class NodeProcesses : INodeProcesses
{
    public INodeProcess Start(ProcessRequest request)
    {
        var start = new ProcessStartInfo(request.Program, request.Arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = request.Folder,
        };
        if (request.WithoutRights) start.UserName = NodeUser.Name;
        start.Environment.Clear();
        foreach (var (name, value) in NodeUser.Environment.Concat(request.Environment)) start.Environment[name] = value;
        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return new Running(process, request);
        }
        catch (Win32Exception error)
        {
            throw new EyeSlotsException(ErrorCodes.ClusterBoot, $"{request.Program} cannot be started: {error.Message}", error);
        }
    }

    private sealed partial class Running : INodeProcess
    {
        private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
        private readonly Process process;

        public Running(Process process, ProcessRequest request)
        {
            this.process = process;
            Ended = EndAsync(request);
        }

        public Task<int> Ended { get; }

        public void Signal(int signal)
        {
            if (!process.HasExited) _ = Send(process.Id, signal);
        }

        /// <summary>Ends it: a job leaves its folder as a resume wants it.</summary>
        public async ValueTask DisposeAsync()
        {
            Signal(ProcessSignal.Terminate);
            if (await Task.WhenAny(Ended, Task.Delay(Grace)).ConfigureAwait(false) != Ended) process.Kill(entireProcessTree: true);
            await Ended.ConfigureAwait(false);
            process.Dispose();
        }

        private async Task<int> EndAsync(ProcessRequest request)
        {
            await using var log = new FileStream(request.Log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            await using var output = request.Output is { } file ? new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0) : null;
            await Task.WhenAll(
                process.StandardError.BaseStream.CopyToAsync(log), process.StandardOutput.BaseStream.CopyToAsync(output ?? log), process.WaitForExitAsync()).ConfigureAwait(false);
            return process.ExitCode;
        }

        [LibraryImport("libc", EntryPoint = "kill")]
        private static partial int Send(int process, int signal);
    }
}
