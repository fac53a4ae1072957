using EyeSlots.Core.Storage;

namespace EyeSlots.Console;

/// <summary>What <c>doctor</c> found.</summary>
/// <param name="Healthy">Whether every check passed.</param>
/// <param name="Checks">The checks in the order in which they ran.</param>
public sealed record CheckReport(bool Healthy, IReadOnlyList<ProbeResult> Checks)
{
    /// <summary>Prints the checks, one a line.</summary>
    /// <returns>The exit code: 0 where all passed, else 1.</returns>
    public static int Show(Session session, IReadOnlyList<ProbeResult> checks)
    {
        var report = new CheckReport(checks.All(check => check.Passed), checks);
        return session.Show(report, ConsoleJson.Default.CheckReport, () => report.Write(session.Terminal), report.Healthy ? 0 : 1);
    }

    private void Write(Terminal terminal)
    {
        foreach (var check in Checks)
        {
            Lines.Write(terminal.Results, $"{(check.Passed ? "[green]ok  [/]" : "[red]FAIL[/]")} {Terminal.Safe(check.Check)}: {Terminal.Safe(check.Detail)}");
        }
    }
}
