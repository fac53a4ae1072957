using EyeSlots.Reporting.Pages;

namespace EyeSlots.Reporting.Runs;

/// <summary>Every option of every run; of several, first those in which they differ.</summary>
internal static class ConfigurationSection
{
    private const string Absent = "";

    public static void Write(HtmlSection section, IReadOnlyList<RunColumn> runs)
    {
        var options = runs.Select(run => run.Run.Options.Options.ToDictionary(option => option.Name, option => option.Value)).ToArray();
        string[] names = [.. runs.SelectMany(run => run.Run.Options.Options.Select(option => option.Name)).Distinct()];
        if (runs.Count > 1) section.Table(Table("Options that differ", names.Where(name => options.Select(run => run.GetValueOrDefault(name)).Distinct().Count() > 1)));
        section.Details("Every option", inner => inner.Table(Table("Every option, as config.json has it", names)));

        HtmlTable Table(string caption, IEnumerable<string> some) => new(
            caption, runs.Count == 1 ? ["option", "value"] : ["option", .. runs.Select(run => run.Label)],
            [.. some.Select(name => (IReadOnlyList<Cell>)[name, .. options.Select(run => (Cell)run.GetValueOrDefault(name, Absent))])]);
    }
}
