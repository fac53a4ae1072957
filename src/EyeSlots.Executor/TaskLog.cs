using EyeSlots.Spark.Worker;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Executor;

/// <summary>Leads what a shared job logs to the executor's log, under the name of the task that caused it.</summary>
internal sealed class TaskLog : ILogger
{
    private static readonly AsyncLocal<TaskContext?> Current = new();

    private TaskLog()
    {
    }

    public static TaskLog Shared { get; } = new();

    /// <summary>What this flow of control logs from now on belongs to the task.</summary>
    public static void Begin(TaskContext context) => Current.Value = context;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) Current.Value?.Log(formatter(state, exception));
    }
}
