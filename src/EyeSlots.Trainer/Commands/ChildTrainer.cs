using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using EyeSlots.Core;
using EyeSlots.Training.Runs;
using EyeSlots.Training.Search;

namespace EyeSlots.Trainer.Commands;

/// <summary>
/// Trains the runs of a search by this program as processes beside it, with its own command line. A process is told to stop by the end of its
/// standard input, which the kernel sees to as well when this process is killed: no run is left behind.
/// </summary>
internal sealed class ChildTrainer(ParseResult parsed) : IRunTrainer
{
    // A search that was killed leaves runs that are about to end: a step, validation at most, and a checkpoint.
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(500);
    private const int MostTries = 240;

    /// <inheritdoc/>
    public async Task TrainAsync(TrainingOptions options, CancellationToken cancellation)
    {
        for (var tried = 1; await TryAsync(options, cancellation) is { } error; tried++)
        {
            if (error.Code != ErrorCodes.RunBusy || tried == MostTries) throw error;
            await Task.Delay(BetweenTries, cancellation);
        }
    }

    private async Task<EyeSlotsException?> TryAsync(TrainingOptions options, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ChildLine.Of(parsed, options)) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await using (cancellation.Register(process.StandardInput.Close)) await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode == 0 ? null : Read(await output, process.ExitCode, options.Run);
    }

    private static EyeSlotsException Read(string output, int exitCode, string run)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            var error = document.RootElement.GetProperty("error");
            return new(error.GetProperty("code").GetString()!, $"{Path.GetFileName(run)}: {error.GetProperty("message").GetString()}");
        }
        catch (Exception cause) when (cause is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new(ErrorCodes.Internal, FormattableString.Invariant($"The process that trains {run} ended with {exitCode} and said nothing; go on with --resume."), cause);
        }
    }
}
