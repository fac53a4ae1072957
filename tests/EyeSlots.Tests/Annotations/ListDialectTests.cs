using System.Globalization;
using CsCheck;
using EyeSlots.Core.Annotations;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Annotations;

/// <summary>However a list is written, its rows are the same.</summary>
public sealed class ListDialectTests
{
    private static readonly string[] NoLabel = ["", "NULL", "null", "None", "NA", "NaN", "nan", "N/A", "n/a", "-2", "-2.0", " NA "];

    private static readonly Gen<string> Paths = Gen.String[Gen.Char["abc/12#;,\"' .\té好{}[]%~"], 1, 12].Where(path => ImagePath.TryNormalize(path, out _));

    private static readonly Gen<(float? Value, string Text)> Affects = Gen.OneOf(
        ListDialect.OneOf(NoLabel).Select(text => ((float?)null, text)),
        Gen.Int[-1000, 1000].Select(number => ((float?)(number / 1000.0), (number / 1000.0).ToString(CultureInfo.InvariantCulture))),
        Gen.Int[-1, 1].Select(number => ((float?)number, number.ToString("F6", CultureInfo.InvariantCulture))));

    private static readonly Gen<(int? Value, string Text)> Expressions = Gen.OneOf(
        ListDialect.OneOf(NoLabel[..9]).Select(text => ((int?)null, text)),
        Gen.Select(Gen.Int[0, 10], ListDialect.OneOf("0", "F1", "F4")).Select((number, format) => ((int?)number, number.ToString(format, CultureInfo.InvariantCulture))));

    private static readonly Gen<Row[]> Rows = Gen.Select(Paths, Expressions, Affects, Affects, (path, expression, valence, arousal) => new Row(path, expression, valence, arousal)).Array[1, 12];

    [Fact]
    public void Read_AnyListInAnyDialect_GivesItsRows() => Seeded.ForAll(Gen.Select(ListDialect.Any, Rows), LongRun.Count(2_000, 100_000), drawn =>
    {
        var (dialect, rows) = drawn;
        var read = Lists.Read(dialect.Write(rows.Select((row, at) => row.Cells(at))));
        Assert.All(read, row => Assert.Null(row.Defect));
        Assert.Equal(rows.Select(row => (row.Path, row.Expression.Value, row.Valence.Value, row.Arousal.Value)), read.Select(row => (row.ImagePath, row.Expression, row.Valence, row.Arousal)));
        Assert.Equal(rows.Select((_, at) => Lists.Read(ListText.List(new Row("a", (1, "1"), (0, "0"), (0, "0")).Line(at)))[0].Landmarks), read.Select(row => row.Landmarks));
    });

    private sealed record Row(string Path, (int? Value, string Text) Expression, (float? Value, string Text) Valence, (float? Value, string Text) Arousal)
    {
        public string[] Cells(int at) =>
            [Path, "0", "0", "100", "NULL", ListText.Landmarks(100 + at), Expression.Text, Valence.Text, Arousal.Text];

        public string Line(int at) => string.Join(',', Cells(at));
    }
}
