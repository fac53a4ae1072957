using EyeSlots.Aws.Costs;
using EyeSlots.Core;
using Spectre.Console;

namespace EyeSlots.Cli.Commands;

/// <summary>How an estimate looks on a screen: the arithmetic of each shape, then all shapes side by side.</summary>
internal static class CostView
{
    private const int NameWidth = 22;

    public static void Show(Terminal terminal, PriceFile prices, Workload work, CostEstimate estimate)
    {
        var volume = new DataVolume(estimate.Bytes);
        terminal.Out.WriteLine($"{Quantity.Of(estimate.Images, "image")} of {volume}; {work.Speed.Milliseconds} ms of one vCPU an image: {estimate.Source}");
        foreach (var shape in estimate.Shapes)
        {
            terminal.Out.WriteLine();
            terminal.Out.WriteLine($"{shape.Name}: {shape.Shape}");
            foreach (var line in ShapeArithmetic.Lines(estimate, shape, work.Prefixes, prices)) terminal.Out.WriteLine($"  {line.Name.PadRight(NameWidth)} {line.Text}");
        }

        terminal.Out.WriteLine();
        terminal.Results.Write(SideBySide(estimate));
        terminal.Out.WriteLine($"Prices on demand of {prices.Region} ({prices.MasterTypes[0].Price.Origin}); spot workers cost less, other regions differ. Believed, not looked up: {Believed(prices)}.");
    }

    private static Table SideBySide(CostEstimate estimate)
    {
        var table = new Table().Border(TableBorder.None).AddColumn("");
        foreach (var shape in estimate.Shapes) table.AddColumn(new TableColumn(Terminal.Safe(shape.Name)).RightAligned());
        Row("machines", shape => $"{shape.Machines}");
        Row("bound by", shape => shape.Limit.ToString().ToLowerInvariant());
        Row("minutes", shape => Quantity.Fixed(shape.Seconds / 60, 1));
        Row("dollars", shape => Money.Of(shape.Dollars));
        return table;

        void Row(string name, Func<ShapeCost, string> cell) => table.AddRow([name, .. estimate.Shapes.Select(shape => Terminal.Safe(cell(shape)))]);
    }

    private static string Believed(PriceFile prices) => string.Join(", ", prices.Figures.Where(figure => figure.Believed).Select(figure => figure.Name));
}
