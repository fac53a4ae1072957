using System.Globalization;
using Spectre.Console;

namespace EyeSlots.Console;

/// <summary>Where a long step is.</summary>
/// <param name="What">What is being done.</param>
/// <param name="Done">Items done.</param>
/// <param name="Total">All items; 0 while unknown.</param>
/// <param name="Note">More to say, such as the number of rejects.</param>
public readonly record struct Step(string What, long Done, long Total = 0, string Note = "");

/// <summary>
/// Shows a long step on stderr: a moving bar with rate and remaining time on a terminal, a plain line every few seconds elsewhere,
/// nothing with <c>--json</c>.
/// </summary>
public sealed class ProgressView(Session session) : IProgress<Step>
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);
    private readonly Lock gate = new();
    private Step last = new("starting", 0);
    private long phaseStarted = session.Time.GetTimestamp();
    private long lineWritten = session.Time.GetTimestamp();

    /// <summary>Runs a step and shows where it is.</summary>
    public static async Task<T> RunAsync<T>(Session session, Func<IProgress<Step>, Task<T>> work)
    {
        var view = new ProgressView(session);
        if (session.IsQuiet || !session.Terminal.IsInteractive) return await work(view);
        return await session.Terminal.Messages.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn())
            .StartAsync(context => view.MoveAsync(context, work(view)));
    }

    /// <inheritdoc/>
    public void Report(Step value)
    {
        lock (gate)
        {
            var now = session.Time.GetTimestamp();
            if (value.What != last.What) phaseStarted = now;
            var isNew = value.What != last.What;
            last = value;
            if (session.IsQuiet || session.Terminal.IsInteractive) return;
            if (!isNew && session.Time.GetElapsedTime(lineWritten) < BetweenLines) return;
            lineWritten = now;
            session.Say(Describe(value, session.Time.GetElapsedTime(phaseStarted)));
        }
    }

    private async Task<T> MoveAsync<T>(ProgressContext context, Task<T> work)
    {
        var bar = context.AddTask("starting", maxValue: 1);
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, Task.Delay(100));
            var (step, elapsed) = Now();
            bar.IsIndeterminate(step.Total == 0);
            bar.MaxValue = Math.Max(1, step.Total);
            bar.Value = step.Done;
            bar.Description = Terminal.Safe(Describe(step, elapsed));
        }

        return await work;
    }

    private (Step Step, TimeSpan Elapsed) Now()
    {
        lock (gate) return (last, session.Time.GetElapsedTime(phaseStarted));
    }

    private static string Describe(Step step, TimeSpan elapsed)
    {
        var culture = CultureInfo.InvariantCulture;
        var text = step.Total > 0 ? string.Create(culture, $"{step.What} {step.Done:N0} of {step.Total:N0}")
            : step.Done > 0 ? string.Create(culture, $"{step.What} {step.Done:N0}") : step.What;
        if (step.Done > 0 && elapsed.TotalSeconds > 0.5)
        {
            var rate = step.Done / elapsed.TotalSeconds;
            text += string.Create(culture, $", {rate:N0}/s");
            if (step.Total > step.Done) text += string.Create(culture, $", {TimeSpan.FromSeconds((step.Total - step.Done) / rate):h\\:mm\\:ss} left");
        }

        return step.Note.Length > 0 ? $"{text}, {step.Note}" : text;
    }
}
