using Sylvan.Data.Csv;

namespace EyeSlots.Core.Annotations;

/// <summary>Reads a list of the 2017 layout row by row: with its header, with <c>#</c> before it, or without one.</summary>
internal sealed class CsvAnnotationReader : IAnnotationReader
{
    private static readonly string[] Columns =
        ["subDirectory_filePath", "face_x", "face_y", "face_width", "face_height", "facial_landmarks", "expression", "valence", "arousal"];

    private readonly string list;
    private readonly StreamReader text;
    private readonly CsvDataReader csv;
    private readonly int[] at;
    private readonly int width;
    private bool first = true;

    /// <summary>Opens the list and reads its first row.</summary>
    /// <exception cref="EyeSlotsException">The stream holds no list.</exception>
    public CsvAnnotationReader(string list, Stream stream)
    {
        this.list = list;
        text = new StreamReader(stream, bufferSize: 1 << 16);
        csv = Guard(() => CsvDataReader.Create(text, new CsvDataReaderOptions
        {
            HasHeaders = false, BufferSize = 1 << 16, MaxBufferSize = 1 << 24, Delimiter = ',', ResultSetMode = ResultSetMode.SingleResult, CsvStyle = CsvStyle.Lax,
        }));
        first = Guard(csv.Read);
        (at, width, var header) = first ? FindColumns() : throw Unreadable("it is empty");
        if (header) first = Guard(csv.Read);
        started = first;
    }

    private readonly bool started;

    /// <inheritdoc/>
    public bool Read(AnnotationRow row)
    {
        do
        {
            if (!(first ? started : started && Guard(csv.Read))) return false;
            first = false;
        }
        while (csv.RowFieldCount <= 1 && csv.GetRawRecordSpan().Trim().IsEmpty); // blank lines are no rows
        row.Clear();
        row.Line = csv.RowNumber;
        var record = csv.GetRawRecordSpan().TrimEnd("\r\n");
        if (Fill(row) is { } defect) (row.Defect, row.RawText) = (defect, record.ToString());
        else row.KeepText(csv.GetFieldSpan(at[5]), record);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        csv.Dispose();
        text.Dispose();
    }

    private (int[] At, int Width, bool Header) FindColumns()
    {
        var cells = Enumerable.Range(0, csv.RowFieldCount).Select(csv.GetString).ToArray();
        if (cells[0].TrimStart('#').Trim() == Columns[0])
        {
            cells[0] = Columns[0];
            var found = Columns.Select(name => Array.FindIndex(cells, cell => cell.Trim() == name)).ToArray();
            return found[5] >= 0 ? (found, cells.Length, true) : throw Unreadable("its header has no column 'facial_landmarks'");
        }

        return cells.Length == Columns.Length && cells[5].Contains(';')
            ? ([0, 1, 2, 3, 4, 5, 6, 7, 8], Columns.Length, false)
            : throw Unreadable($"its first line is neither the header '{Columns[0]},…' nor a row of {Columns.Length} columns with landmarks x;y;…");
    }

    private Rejection? Fill(AnnotationRow row)
    {
        var fields = csv.RowFieldCount;
        var raw = fields > at[0] ? csv.GetString(at[0]) : "";
        var allowed = ImagePath.TryNormalize(raw, out var path);
        row.ImagePath = allowed ? path : raw;
        if (fields != width) return new(RejectCode.AnnotationInvalid, $"{fields} columns instead of {width}");
        if (!allowed) return new(RejectCode.AnnotationInvalid, "the path is refused");
        return TryLabels(row) ? null : new(RejectCode.AnnotationInvalid, "expression, valence or arousal is no label");
    }

    private bool TryLabels(AnnotationRow row)
    {
        if (!Labels.TryReadExpression(Cell(6), out var expression) || !Labels.TryReadAffect(Cell(7), out var valence) ||
            !Labels.TryReadAffect(Cell(8), out var arousal))
        {
            return false;
        }

        (row.Expression, row.Valence, row.Arousal) = (expression, valence, arousal);
        return true;
    }

    private ReadOnlySpan<char> Cell(int column) => at[column] < 0 ? default : csv.GetFieldSpan(at[column]);

    // Sylvan tells a record that never ends, or quotes that make no sense, by exceptions of its own.
    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is CsvFormatException or CsvRecordTooLargeException or CsvMissingHeadersException or FormatException)
        {
            throw Unreadable($"{error.Message} (line {csv?.RowNumber + 1 ?? 1})", error);
        }
    }

    private EyeSlotsException Unreadable(string what, Exception? inner = null) =>
        new(ErrorCodes.ListUnreadable, $"The list '{list}' cannot be read: {what}. It must be a CSV file in AffectNet's layout.", inner);
}
