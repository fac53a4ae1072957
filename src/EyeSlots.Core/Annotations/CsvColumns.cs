namespace EyeSlots.Core.Annotations;

/// <summary>Where the columns of a list stand: by their names where it has a header, else in AffectNet's order. -1 where there is none.</summary>
internal readonly record struct CsvColumns(int Path, int Landmarks, int Expression, int Valence, int Arousal, int Width, bool HasHeader)
{
    /// <summary>The name of the first column.</summary>
    public const string PathName = "subDirectory_filePath";

    private const int WidthWithoutHeader = 9;

    /// <summary>Reads the cells of the first line.</summary>
    /// <exception cref="FormatException">It is neither a header nor a row.</exception>
    public static CsvColumns Find(string[] cells)
    {
        var names = Array.ConvertAll(cells, cell => cell.Trim());

        // A header may stand behind a hash, as in a comment of NumPy; whatever else begins with one is a row.
        names[0] = names[0].TrimStart('#').Trim().Trim('"');
        if (IndexOf(names, PathName) is >= 0 and var path)
        {
            return IndexOf(names, "facial_landmarks") is >= 0 and var landmarks
                ? new(path, landmarks, IndexOf(names, "expression"), IndexOf(names, "valence"), IndexOf(names, "arousal"), cells.Length, HasHeader: true)
                : throw new FormatException("its header has no column 'facial_landmarks'");
        }

        return cells.Length == WidthWithoutHeader && cells[5].Contains(';')
            ? new(0, 5, 6, 7, 8, WidthWithoutHeader, HasHeader: false)
            : throw new FormatException(
                $"its first line is neither a header with a column '{PathName}' nor a row of {WidthWithoutHeader} columns with landmarks x;y;…");
    }

    private static int IndexOf(string[] names, string name)
    {
        var at = Array.FindIndex(names, other => other.Equals(name, StringComparison.OrdinalIgnoreCase));
        return at < 0 || Array.FindIndex(names, at + 1, other => other.Equals(name, StringComparison.OrdinalIgnoreCase)) < 0
            ? at
            : throw new FormatException($"its header has two columns '{name}'");
    }
}
