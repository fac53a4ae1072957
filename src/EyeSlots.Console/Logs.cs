using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;

namespace EyeSlots.Console;

/// <summary>Logs: lines on stderr from a level up, and a file with everything when asked for.</summary>
internal static class Logs
{
    private const string Line = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}";

    public static ILoggerFactory Create(string level, string? file)
    {
        var least = Enum.Parse<LogEventLevel>(level, ignoreCase: true);
        var configuration = new LoggerConfiguration().MinimumLevel.Debug().WriteTo.Console(
            restrictedToMinimumLevel: least, outputTemplate: Line, standardErrorFromLevel: LogEventLevel.Verbose,
            formatProvider: System.Globalization.CultureInfo.InvariantCulture);
        if (file is not null)
        {
            configuration = configuration.WriteTo.File(file, formatProvider: System.Globalization.CultureInfo.InvariantCulture);
        }

        var lowest = file is null && least > LogEventLevel.Debug ? (LogLevel)(int)least : LogLevel.Debug;
        return LoggerFactory.Create(logs => logs.SetMinimumLevel(lowest).AddSerilog(configuration.CreateLogger(), dispose: true));
    }
}
