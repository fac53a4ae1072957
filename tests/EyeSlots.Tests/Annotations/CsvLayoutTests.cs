using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Annotations;

/// <summary>The shapes that a 2017 list comes in.</summary>
public sealed class CsvLayoutTests
{
    private static readonly string[] Rows = [ListText.Row("1/a.jpg"), ListText.Row("1/b.jpg", expression: "7", valence: "-1", arousal: "1")];

    public static TheoryData<string, string> Texts => new()
    {
        { "plain header", ListText.List(Rows) },
        { "header with a hash", "#" + ListText.List(Rows) },
        { "no header", string.Join('\n', Rows) + "\n" },
        { "CRLF", ListText.List(Rows).Replace("\n", "\r\n", StringComparison.Ordinal) },
        { "byte order mark", "\uFEFF" + ListText.List(Rows) },
        { "byte order mark and hash", "\uFEFF#" + ListText.List(Rows) },
        { "no line feed at the end", ListText.List(Rows).TrimEnd('\n') },
        { "quoted cells", ListText.Header + "\n" + string.Join('\n', Rows.Select(Quote)) },
        { "spaces around the header", ListText.Header.Replace(",", " , ", StringComparison.Ordinal) + "\n" + string.Join('\n', Rows) },
        { "another order of columns", Reorder() },
        { "hash before a quoted header", "#" + Quote(ListText.Header) + "\n" + string.Join('\n', Rows) },
        { "quoted cells and header", Quote(ListText.Header) + "\n" + string.Join('\n', Rows.Select(Quote)) },
        { "header in other cases", ListText.Header.ToUpperInvariant() + "\n" + string.Join('\n', Rows) },
        { "CR alone", ListText.List(Rows).Replace('\n', '\r') },
        { "CR alone, no header", string.Join('\r', Rows) },
        { "CRLF and LF", ListText.Header + "\r\n" + Rows[0] + "\n\n" + Rows[1] + "\r\n\r\n" },
        { "blank lines", "\n\n" + ListText.Header + "\n\n" + Rows[0] + "\n  \n\n" + Rows[1] + "\n\n\n" },
        { "tabs", ListText.List(Rows).Replace(',', '\t') },
        { "tabs, no header", string.Join('\n', Rows).Replace(',', '\t') },
        { "a column without a name", string.Join('\n', Rows.Select((row, at) => $"{at},{row}").Prepend("," + ListText.Header)) },
        { "a column called hash", string.Join('\n', Rows.Select((row, at) => $"{at},{row}").Prepend("#," + ListText.Header)) },
        { "remarks of several lines", string.Join('\n', Rows.Select(row => row + ",\"two\nlines, \"\"quoted\"\"\r\n\"").Prepend(ListText.Header + ",remark")) },
        { "more columns than needed", string.Join('\n', Rows.Select(row => row + ",more").Prepend(ListText.Header + ",extra")) },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Read_EveryShape_GivesTheSameRows(string shape, string text)
    {
        var rows = Lists.Read(text);
        Assert.True(rows.Count == 2, shape);
        Assert.All(rows, row => Assert.Null(row.Defect));
        Assert.Equal(["1/a.jpg", "1/b.jpg"], rows.Select(row => row.ImagePath));
        Assert.Equal([1, 7], rows.Select(row => row.Expression));
        Assert.Equal([0.5f, -1f], rows.Select(row => row.Valence));
        Assert.Equal([-0.25f, 1f], rows.Select(row => row.Arousal));
        Assert.Equal(Lists.Read(ListText.List(Rows))[0].Landmarks, rows[0].Landmarks);
    }

    [Theory]
    [InlineData("NULL,NULL,NULL,NULL")]
    [InlineData("-5,-7,-100,-100")]
    [InlineData(",,,")]
    [InlineData("x,y,z,nan")]
    public void Read_AnyFaceBox_NeverRejects(string box) =>
        Assert.Null(Assert.Single(Lists.Read(ListText.List(ListText.Row("a.jpg", box: box)))).Defect);

    [Fact]
    public void Read_OnlyAHeader_GivesNoRows() => Assert.Empty(Lists.Read(ListText.Header + "\n"));

    [Fact]
    public void Read_BackslashesInAPath_BecomeSlashes() =>
        Assert.Equal("1/2/a b.jpg", Assert.Single(Lists.Read(ListText.List(ListText.Row(@"1\2\a b.jpg")))).ImagePath);

    [Fact]
    public void Read_ColumnsOfLabelsMissing_LeavesThemUnknown()
    {
        var row = Assert.Single(Lists.Read("subDirectory_filePath,facial_landmarks\na.jpg," + ListText.Landmarks(100) + "\n"));
        Assert.Equal((null, null, null, null), (row.Defect, row.Expression, row.Valence, row.Arousal));
    }

    private static string Quote(string row) => string.Join(',', row.Split(',').Select(cell => $"\"{cell}\""));

    private static string Reorder() => string.Join('\n', Rows.Prepend(ListText.Header).Select(line =>
    {
        var cells = line.Split(',');
        return string.Join(',', (string[])[cells[0], .. cells[1..].Reverse()]);
    }));

    [Theory]
    [InlineData("#1/a.jpg")]
    [InlineData("# comment/a.jpg")]
    [InlineData(" 1/a.jpg ")]
    [InlineData("1/a'b.jpg")]
    [InlineData("1/a\\\"b.jpg", "1/a/\"b.jpg")]
    [InlineData("1/a;b\tc.jpg")]
    public void Read_AnOddPath_IsKeptAsItIs(string path, string? kept = null)
    {
        Assert.Equal(["first.jpg", kept ?? path], Lists.Read(ListText.List(ListText.Row("first.jpg"), ListText.Row(path))).Select(row => row.ImagePath));
        Assert.Equal([kept ?? path, "last.jpg"], Lists.Read(ListText.Row(path) + "\n" + ListText.Row("last.jpg")).Select(row => row.ImagePath));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-32BE")]
    public void Read_AnEncodingWithItsMark_IsRead(string name)
    {
        var encoding = System.Text.Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.Preamble, .. encoding.GetBytes(ListText.List(ListText.Row("é/好😀.jpg")))];
        Assert.Equal("é/好😀.jpg", Assert.Single(Lists.Read(bytes)).ImagePath);
    }

    [Fact]
    public async Task Read_AListLongerThanABuffer_GivesEveryRowInItsOrder()
    {
        var paths = Enumerable.Range(0, 3_000).Select(at => $"{at % 7}/{at}.jpg").ToList();
        var text = ListText.Header + "\r\n" + string.Concat(paths.Select(path => ListText.Row(path) + "\r\n"));
        Assert.Equal(paths, (await Lists.ReadAsync(new Trickle(text))).Select(row => row.ImagePath));
    }

    /// <summary>Bytes that come as from a network: some at a time, a line end torn now and then.</summary>
    private sealed class Trickle(string text) : MemoryStream(System.Text.Encoding.UTF8.GetBytes(text))
    {
        private int reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 700 + (reads++ % 61))], cancellationToken);
    }
}
