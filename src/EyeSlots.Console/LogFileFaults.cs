using Serilog.Core;
using Serilog.Events;

namespace EyeSlots.Console;

/// <summary>Tells once when a log file cannot be written, be it from the start or since the disk is full. No command fails for it.</summary>
internal sealed class LogFileFaults(string? file, Action<string> warn) : ILoggingFailureListener
{
    private bool isTold;

    /// <summary>Opens the file to see whether it can be written, and makes its folder.</summary>
    public bool CanOpen(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/");
            using var opened = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            Tell(error);
            return false;
        }
    }

    /// <inheritdoc/>
    public void OnLoggingFailed(object sender, LoggingFailureKind kind, string message, IReadOnlyCollection<LogEvent>? events, Exception? exception) => Tell(exception);

    /// <summary>Tells the user, the first time.</summary>
    public void Tell(Exception? error)
    {
        if (!Interlocked.Exchange(ref isTold, true)) warn($"The log file '{file}' cannot be written: {error?.Message ?? "no reason is known."} The command goes on without it.");
    }
}
