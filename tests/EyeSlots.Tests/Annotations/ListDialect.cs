using System.Text;
using CsCheck;

namespace EyeSlots.Tests.Annotations;

/// <summary>One of the ways in which programs write the same list.</summary>
/// <param name="Header">Nothing, or what stands before the names.</param>
/// <param name="Order">Where each of the nine columns goes; as they are where there is no header.</param>
/// <param name="Extra">Columns that nobody knows, with a name or without, in front.</param>
/// <param name="Delimiter">A comma or a tab.</param>
/// <param name="Quoted">Every cell is quoted, not only those that need it.</param>
/// <param name="LineEnd">What ends a line.</param>
/// <param name="Blank">Blank lines between rows.</param>
/// <param name="Ended">The last line is ended too.</param>
/// <param name="Text">The encoding, with its mark where it has one.</param>
internal sealed record ListDialect(
    string? Header, int[] Order, string[] Extra, char Delimiter, bool Quoted, string LineEnd, bool Blank, bool Ended, Encoding Text)
{
    private static readonly string[] Names = Tools.ListText.Header.Split(',');

    private static readonly Gen<int[]> Orders = Gen.Shuffle(Enumerable.Range(0, Names.Length).ToArray());

    public static Gen<ListDialect> Any { get; } =
        from header in OneOf<string?>(null, "", "#", "# ")
        from order in Orders
        from extra in Gen.OneOf(Gen.Const<string[]>([]), OneOf("", "id", "#", "remark").Array[1, 2])
        from delimiter in OneOf(',', '\t')
        from quoted in Gen.Bool
        from lineEnd in OneOf("\n", "\r\n", "\r")
        from blank in Gen.Bool
        from ended in Gen.Bool
        from text in OneOf<Encoding>(
            new UTF8Encoding(false), new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true), new UTF32Encoding(false, true))
        select header is null
            ? new ListDialect(null, [.. Enumerable.Range(0, Names.Length)], [], delimiter, quoted, lineEnd, blank, ended, text)
            : new ListDialect(header, order, extra, delimiter, quoted, lineEnd, blank, ended, text);

    /// <summary>One of some values.</summary>
    public static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    /// <summary>Writes rows of nine cells.</summary>
    public byte[] Write(IEnumerable<string[]> rows)
    {
        var lines = rows.Select((row, at) => Line([.. Extra.Select(name => $"{name}, {at}"), .. Order.Select(column => row[column])]));
        if (Header is not null) lines = lines.Prepend(Header + Line([.. Extra, .. Order.Select(column => Names[column])]));
        var text = string.Join(Blank ? LineEnd + LineEnd : LineEnd, lines) + (Ended ? LineEnd : "");
        return [.. Text.Preamble, .. Text.GetBytes(text)];
    }

    private string Line(string[] cells) => string.Join(Delimiter, cells.Select(cell =>
        Quoted || cell.Contains(Delimiter) || cell.Contains('"') ? '"' + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + '"' : cell));
}
