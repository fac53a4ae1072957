using System.Text.Json;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Core;

namespace EyeSlots.Aws.Nodes;

/// <summary>How the program ended that a job started.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Result">The object that it printed, or null.</param>
/// <param name="Error">The error that it printed, or null.</param>
internal sealed record ProgramOutcome(int ExitCode, JsonElement? Result, JobError? Error);

/// <summary>Runs this program as a job: without a shell, as a user without rights.</summary>
/// <param name="node">The machine.</param>
/// <param name="remote">How to reach this machine's Connect server, token included, or null: it goes into the environment, never into arguments.</param>
internal sealed class JobProgram(NodeParts node, string? remote)
{
    private const int MostOutputBytes = 16 << 20;
    private static readonly string[] OnSpark = ["--engine", "spark"];

    /// <summary>The file that takes what a job says.</summary>
    public string LogOf(int number) => Path.Combine(node.Folder.Logs, $"job-{number:D4}.log");

    /// <summary>Runs a command to its end. Cancelled, it is told to stop, which leaves everything to a later run, and how it ended is logged.</summary>
    /// <param name="number">The job.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="onSpark">Whether the workers do it.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<ProgramOutcome> RunAsync(int number, IReadOnlyList<string> arguments, bool onSpark, CancellationToken cancellation)
    {
        var output = Path.Combine(node.Folder.Home, $"job-{number:D4}.json");
        Task<int> ended;
        bool isStopped;
        await using (var process = node.Processes.Start(new(node.Folder.Program, [.. arguments, .. onSpark ? OnSpark : [], "--json"])
        {
            Environment = Variables(onSpark), Folder = node.Folder.Work, WithoutRights = true, Output = output, Log = LogOf(number),
        }))
        {
            ended = process.Ended;
            await ((Task)ended).WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            isStopped = !ended.IsCompleted;
        }

        var outcome = Read(await ended.ConfigureAwait(false), output);
        if (!isStopped) return outcome;
        node.Log.Say($"Job {number} was stopped: {outcome.Error?.Message ?? "it had just ended."}");
        throw new OperationCanceledException(cancellation);
    }

    private Dictionary<string, string> Variables(bool onSpark)
    {
        Dictionary<string, string> variables = new() { ["HOME"] = node.Folder.Work, ["AWS_REGION"] = node.Settings.Region, ["EYESLOTS_PROGRESS"] = "lines" };
        if (onSpark) variables["SPARK_REMOTE"] = remote ?? throw new InvalidOperationException("There is no Connect server.");
        if (node.Settings.LibTorch is null) return variables;
        variables["EYESLOTS_TRAINER"] = Path.Combine(node.Folder.Trainer, "trainer", "eyeslots-train");
        variables["EYESLOTS_LIBTORCH"] = Path.Combine(node.Folder.Trainer, "libtorch");
        variables["DOTNET_ROOT"] = Path.Combine(node.Folder.Trainer, "dotnet");
        return variables;
    }

    private static ProgramOutcome Read(int exitCode, string output)
    {
        try
        {
            if (new FileInfo(output).Length > MostOutputBytes) return Broken(exitCode, $"printed more than {Quantity.Bytes(MostOutputBytes)}");
            var result = JsonElement.Parse(File.ReadAllBytes(output));
            if (result.ValueKind != JsonValueKind.Object) return Broken(exitCode, "printed no object");
            return exitCode == 0 ? new(0, result, null) : new(exitCode, null, ErrorOf(result));
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FileNotFoundException)
        {
            return Broken(exitCode, "printed no result");
        }
        finally
        {
            File.Delete(output);
        }
    }

    private static JobError ErrorOf(JsonElement result) => result.TryGetProperty("error", out var error)
        ? new(error.GetProperty("code").GetString()!, error.GetProperty("message").GetString()!)
        : new(ErrorCodes.JobFailed, "The command found what its report says.");

    private static ProgramOutcome Broken(int exitCode, string what) =>
        new(exitCode == 0 ? 1 : exitCode, null, new(ErrorCodes.JobFailed, $"The program ended with {exitCode} and {what}; jobs/….log says more."));
}
