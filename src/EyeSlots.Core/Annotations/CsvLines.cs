namespace EyeSlots.Core.Annotations;

/// <summary>
/// Line ends of CSV records. A CSV reader that walks in steps of a vector does not see every lone carriage return, so what a record with
/// one becomes depends on the processor and on where a buffer ends: such lists are refused.
/// </summary>
internal static class CsvLines
{
    /// <summary>Whether a record ends, as the first line does, with this character, or with both; the last may end with neither.</summary>
    public static bool EndsLike(ReadOnlySpan<char> record, char lineEnd)
    {
        var end = record[record.TrimEnd("\r\n").Length..];
        return end is "" or "\r\n" || (end.Length == 1 && end[0] == lineEnd);
    }

    /// <summary>Whether every line break of a record stands in a cell that is quoted.</summary>
    public static bool AreBreaksQuoted(ReadOnlySpan<char> record, char delimiter)
    {
        var (atStart, inQuotes) = (true, false);
        for (var i = 0; i < record.Length; i++)
        {
            if (!inQuotes && record[i] is ('\r' or '\n')) return false;
            if (record[i] == '"' && inQuotes && i + 1 < record.Length && record[i + 1] == '"') i++;
            else if (record[i] == '"' && (atStart || inQuotes)) inQuotes = !inQuotes;
            atStart = !inQuotes && record[i] == delimiter;
        }

        return true;
    }
}
