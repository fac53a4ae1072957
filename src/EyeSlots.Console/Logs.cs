using System.Globalization;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;

namespace EyeSlots.Console;

/// <summary>Logs: lines on stderr from a level up, and a file with everything when asked for.</summary>
internal static class Logs
{
    private const string Line = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}";

    /// <summary>Opens them. Never throws: what is wrong with the file is told once, and the command goes on without it.</summary>
    public static ILoggerFactory Create(string level, string? file, LogFileFaults faults)
    {
        var least = Enum.Parse<LogEventLevel>(level, ignoreCase: true);
        var configuration = new LoggerConfiguration().MinimumLevel.Debug().WriteTo.Console(
            restrictedToMinimumLevel: least, outputTemplate: Line, standardErrorFromLevel: LogEventLevel.Verbose, formatProvider: CultureInfo.InvariantCulture);
        var hasFile = file is not null && faults.CanOpen(file);
        if (hasFile) configuration = configuration.WriteTo.Fallible(to => to.File(file!, formatProvider: CultureInfo.InvariantCulture), faults);

        var lowest = !hasFile && least > LogEventLevel.Debug ? (LogLevel)(int)least : LogLevel.Debug;
        return LoggerFactory.Create(logs => logs.SetMinimumLevel(lowest).AddSerilog(configuration.CreateLogger(), dispose: true));
    }
}
