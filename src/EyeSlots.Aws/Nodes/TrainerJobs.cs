using System.Globalization;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Core;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Nodes;

/// <summary>A trainer's jobs: training goes on with the run that lies at its address, which is mirrored there while it grows.</summary>
/// <param name="node">The trainer.</param>
/// <param name="program">Runs commands.</param>
internal sealed class TrainerJobs(NodeParts node, JobProgram program) : IJobRunner
{
    private static readonly TimeSpan LastMirror = TimeSpan.FromMinutes(1);

    public void Check(JobRequest request) =>
        Require.That(!request.NeedsTrainer || node.Settings.LibTorch is not null, $"{request.Command} needs libtorch, which this machine was not given; 'eyeslots cluster prepare --libtorch FOLDER' uploads it.");

    public async Task<ProgramOutcome> RunAsync(int number, JobRequest request, CancellationToken cancellation)
    {
        var (arguments, runs) = Localize(request);
        RunMirror[] mirrors = [.. runs.Select(run => new RunMirror(node.Stores.Open(StorageAddress.Parse(run.Address)), run.Folder, node.Time, node.Log))];
        foreach (var mirror in mirrors) await mirror.FetchAsync(cancellation).ConfigureAwait(false);
        await NodeUser.GiveAsync(node.Processes, node.Folder, node.Folder.Runs).ConfigureAwait(false);
        ProgramOutcome? outcome = null;
        try
        {
            await Together.RunAsync(
                cancellation, [async stop => outcome = await program.RunAsync(number, arguments, onSpark: false, stop).ConfigureAwait(false), .. mirrors.Select<RunMirror, Func<CancellationToken, Task>>(mirror => stop => mirror.RunAsync(node.Settings.MirrorInterval, stop))]).ConfigureAwait(false);
        }
        finally
        {
            using var limit = new CancellationTokenSource(LastMirror, node.Time);
            foreach (var mirror in mirrors) await mirror.PushAsync(limit.Token).ConfigureAwait(false);
        }

        return outcome!;
    }

    /// <summary>The command line with folders of this machine in place of the addresses of runs.</summary>
    internal (IReadOnlyList<string> Arguments, IReadOnlyList<(string Address, string Folder)> Runs) Localize(JobRequest request)
    {
        List<(string Address, string Folder)> runs = [];
        List<string> arguments = [];
        var isRun = false;
        foreach (var argument in request.Arguments)
        {
            if (argument.StartsWith("--", StringComparison.Ordinal)) isRun = argument == "--run";
            var inline = argument.StartsWith("--run=", StringComparison.Ordinal) || argument.StartsWith("--run:", StringComparison.Ordinal);
            arguments.Add(inline ? "--run=" + FolderOf(argument["--run=".Length..]) : isRun && argument != "--run" ? FolderOf(argument) : argument);
        }

        if (request.Command == "train" && !arguments.Contains("--resume", StringComparer.Ordinal)) arguments.Add("--resume");
        return (arguments, runs);

        string FolderOf(string address)
        {
            var folder = Path.Combine(node.Folder.Runs, (runs.Count + 1).ToString(CultureInfo.InvariantCulture));
            runs.Add((address, folder));
            return folder;
        }
    }
}
