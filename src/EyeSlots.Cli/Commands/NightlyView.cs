using EyeSlots.Aws.Nightly;
using Spectre.Console;

namespace EyeSlots.Cli.Commands;

/// <summary>Shows nights.</summary>
internal static class NightlyView
{
    public static int ShowPlan(Session session, NightlyReport report) => session.Show(report, CliJson.Default.NightlyReport, () =>
    {
        foreach (var call in report.Calls!) session.Terminal.Out.WriteLine($"would call {call}");
    });

    public static void Show(Session session, NightlyStatusReport report)
    {
        var table = Terminal.Facts($"Nights in {report.Region}");
        table.AddRow("stack", Terminal.Safe(report.Status));
        table.AddRow("begin", Terminal.Safe($"{report.Schedule} {report.TimeZone}"));
        table.AddRow("run", report.Job is { } job ? Terminal.Safe(string.Join(' ', job)) : "nothing: the job was taken away");
        session.Terminal.Results.Write(table);
        if (report.Nights.Count == 0) session.Terminal.Out.WriteLine("There was no night yet.");
        foreach (var night in report.Nights) Show(session, night);
    }

    public static void Show(Session session, NightReport night)
    {
        var took = night.Seconds is { } seconds ? $" after {TimeSpan.FromSeconds(seconds):hh\\:mm\\:ss}" : "";
        session.Terminal.Out.WriteLine($"{night.Started:yyyy-MM-dd HH:mm} {night.Name}: {night.Status}{took}{(night.Cause is { } cause ? $". {Terminal.Safe(cause)}" : "")}");
    }
}
