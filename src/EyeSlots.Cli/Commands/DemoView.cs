using System.Globalization;
using EyeSlots.Cli.Training;
using EyeSlots.Core;
using EyeSlots.Preprocessing.Jobs;
using Spectre.Console;

namespace EyeSlots.Cli.Commands;

/// <summary>What the demo shows at its end.</summary>
internal static class DemoView
{
    public static void Show(Session session, DemoReport report, DemoFolder folder)
    {
        Summaries.Show(session.Terminal, report.Run);
        VerifyCommand.Show(session, report.Verified);
        Lines.Write(session.Terminal.Results, Title(report));
        session.Terminal.Results.Write(Scores(report));
        var places = Terminal.Facts("Where everything lies");
        places.AddRow("photographs, lists", Terminal.Safe(folder.Photographs));
        places.AddRow("shards", Terminal.Safe(folder.Shards));
        places.AddRow("run, model", Terminal.Safe(folder.Run));
        foreach (var page in report.Pages) places.AddRow("page", Terminal.Safe(page));
        foreach (var picture in report.Pictures) places.AddRow("picture", Terminal.Safe(picture));
        session.Terminal.Results.Write(places);
        Lines.Write(session.Terminal.Results, $"Next: eyeslots train --data {Terminal.Safe(folder.Shards)} --train training --validation validation --run runs/1 --model M1");
    }

    private static string Title(DemoReport report) => FormattableString.Invariant(
        $"[bold]CCC on {report.Test.Rows:N0} faces of persons never seen[/], after {Quantity.Of(report.Trained.Epochs, "epoch")} in {report.Trained.Seconds:F0} s, {report.Trained.FacesPerSecond:N0} faces a second");

    private static Table Scores(DemoReport report)
    {
        var test = report.Test;
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumn(new TableColumn("").NoWrap()).AddColumns("", "");
        table.AddRow("", "valence", "arousal");
        foreach (var floor in test.Valence.Floors.Keys.Where(floor => floor != "zero"))
            table.AddRow($"floor: {floor}", Number(test.Valence.Floors[floor].Ccc), Number(test.Arousal.Floors[floor].Ccc));
        table.AddRow($"[bold]{DemoTraining.Model}[/]", Score(test.Valence), Score(test.Arousal));
        table.AddRow("best possible, trained by mse", Number(report.MseValenceCcc), Number(report.MseArousalCcc));
        table.AddRow("best possible", Number(report.BestValenceCcc), Number(report.BestArousalCcc));
        return table;
    }

    private static string Score(JudgedOutput output) =>
        $"[bold]{Number(output.Ccc)}[/]" + (output.Intervals.Ccc is { } interval ? $" ({Number(interval.Low)} to {Number(interval.High)})" : "");

    private static string Number(double? ccc) => ccc?.ToString("F3", CultureInfo.InvariantCulture) ?? "undefined";
}

/// <summary>What <c>demo</c> prints.</summary>
internal sealed record DemoReport(
    PreprocessSummary Run, VerifyReport Verified, double BestValenceCcc, double BestArousalCcc, double MseValenceCcc, double MseArousalCcc, IReadOnlyList<string> Pictures,
    IReadOnlyList<string> Pages, TrainedNetwork Trained, JudgedNetwork Test);
