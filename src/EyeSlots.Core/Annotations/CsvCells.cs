using Sylvan.Data.Csv;

namespace EyeSlots.Core.Annotations;

/// <summary>Makes rows of a CSV reader's records.</summary>
/// <param name="csv">The reader.</param>
/// <param name="columns">Where its columns stand.</param>
/// <param name="delimiter">What separates them.</param>
internal readonly struct CsvCells(CsvDataReader csv, CsvColumns columns, char delimiter)
{
    /// <summary>Reads the cells of the record that stands before the reader.</summary>
    /// <exception cref="FormatException">The record goes on over several lines where none should.</exception>
    public AnnotationRow Fill(AnnotationRow row)
    {
        row.Line = csv.RowNumber;
        var record = csv.GetRawRecordSpan().TrimEnd("\r\n");
        var defect = Read(row);
        if (record.ContainsAny('\r', '\n') && (defect is not null || !AreBreaksOfOthers(record)))
        {
            throw new FormatException("a row goes on over several lines: a quote is not closed, or a cell holds a line break");
        }

        if (defect is null) row.KeepText(csv.GetFieldSpan(columns.Landmarks), record);
        else (row.Defect, row.RawText) = (defect, record.ToString());
        return row;
    }

    // Line breaks in quoted cells of columns that nobody reads, such as remarks, do no harm.
    private bool AreBreaksOfOthers(ReadOnlySpan<char> record)
    {
        foreach (var column in (ReadOnlySpan<int>)[columns.Path, columns.Landmarks, columns.Expression, columns.Valence, columns.Arousal])
        {
            if (Cell(column).ContainsAny('\r', '\n')) return false;
        }

        return CsvLines.AreBreaksQuoted(record, delimiter);
    }

    private Rejection? Read(AnnotationRow row)
    {
        var fields = csv.RowFieldCount;
        var raw = fields > columns.Path ? csv.GetString(columns.Path) : "";
        var allowed = ImagePath.TryNormalize(raw, out var path);
        row.ImagePath = allowed ? path : raw;
        if (fields != columns.Width) return new(RejectCode.AnnotationInvalid, $"{fields} columns instead of {columns.Width}");
        if (!allowed) return new(RejectCode.AnnotationInvalid, "the path is refused");
        return TryLabels(row) ? null : new(RejectCode.AnnotationInvalid, "expression, valence or arousal is no label");
    }

    private bool TryLabels(AnnotationRow row)
    {
        if (!Labels.TryReadExpression(Cell(columns.Expression), out var expression) || !Labels.TryReadAffect(Cell(columns.Valence), out var valence) ||
            !Labels.TryReadAffect(Cell(columns.Arousal), out var arousal))
        {
            return false;
        }

        (row.Expression, row.Valence, row.Arousal) = (expression, valence, arousal);
        return true;
    }

    private ReadOnlySpan<char> Cell(int column) => column < 0 ? default : csv.GetFieldSpan(column);
}
