using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EyeSlots.Core;

namespace EyeSlots.Cli.Training;

/// <summary>The trainer as a process beside this one, for commands that go on with what it found.</summary>
internal static partial class TrainerProcess
{
    private const int Terminate = 15;

    // Ctrl-C reaches both processes, and a second signal would end the trainer without its checkpoint: it gets this long to end by itself.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Runs a command of it with <c>--json</c>; what it says on stderr is seen as it comes.</summary>
    /// <exception cref="EyeSlotsException">The trainer is missing, or whatever it failed with.</exception>
    public static async Task<T> RunAsync<T>(IReadOnlyList<string> arguments, JsonTypeInfo<T> json, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(TrainerProgram.Path, [.. arguments, "--json"]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            await EndAsync(process);
            throw;
        }

        return Read(await output, process.ExitCode, json);
    }

    private static async Task EndAsync(Process process)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _ = Signal(process.Id, Terminate);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static T Read<T>(string output, int exitCode, JsonTypeInfo<T> json)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            if (document.RootElement.TryGetProperty("error", out var error))
                throw new EyeSlotsException(error.GetProperty("code").GetString()!, error.GetProperty("message").GetString()!);
            return document.Deserialize(json)!;
        }
        catch (JsonException cause)
        {
            throw new EyeSlotsException(ErrorCodes.Internal, FormattableString.Invariant($"The program that trains ({TrainerProgram.Path}) ended with {exitCode} and printed no result."), cause);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
