using System.Globalization;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Integration.Tests.Truth;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>What the README says of clusters' speed and price is what <c>cluster cost</c> computes from today's price file.</summary>
public sealed class ReadmeCostTests
{
    private const double Minute = 60, Cent = 0.01;

    [Fact]
    public async Task Readme_OfTheSeedsData_QuotesWhatIsPrinted()
    {
        var shapes = await ShapesAsync("--images-count", "414799", "--bytes", "51GB");
        string Of(int shape, string line, double unit, string format = "F0") => (shapes[shape].Result(line) / unit).ToString(format, CultureInfo.InvariantCulture);
        Assert.Contains(
            $"it says that S3 binds, {Of(0, "seconds", Minute, "F1")} minutes and {Of(0, "sum", Cent)} to {Of(1, "sum", Cent)} cents; for one `c7i.large` " +
            $"{Of(2, "seconds", Minute, "F1")} minutes and {Of(2, "sum", Cent)} cents, {Of(2, "GET requests", Cent)} of which are the GETs.",
            Document.Readme.Text.Replace('\n', ' '),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readme_OfLargerClusters_SaysWhatIsComputed()
    {
        var rows = Document.Readme.Rows("machines");
        Assert.InRange(rows.Count, 3, 10);
        foreach (var row in rows)
        {
            var shape = (await ShapesAsync(["--images-count", "1000000", "--bytes", "131GB", .. row[0].Split('`')[1].Split(' ')]))[0];
            string[] rates = [Rate(shape, "processors"), Rate(shape, "network"), Rate(shape, "requests")];
            Assert.Equal([.. rates, Text(shape.Result("seconds") / Minute, "F1"), Text(shape.Result("sum"), "F2")], row[1..]);
        }
    }

    private static async Task<IReadOnlyList<PrintedCost>> ShapesAsync(params string[] options) =>
        PrintedCost.ParseAll((await EyeSlotsProgram.RunAsync(["cluster", "cost", .. options])).Output);

    /// <summary>As the table has it: what binds stands out.</summary>
    private static string Rate(PrintedCost shape, string line)
    {
        var rate = Text(shape.Result(line), "N0");
        return shape.Lines[line].EndsWith("which binds", StringComparison.Ordinal) ? $"**{rate}**" : rate;
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
