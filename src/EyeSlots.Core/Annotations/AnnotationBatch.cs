namespace EyeSlots.Core.Annotations;

/// <summary>Some rows of a list, read together. Its owner hands it to a reader again and again; the rows' objects are reused.</summary>
public sealed class AnnotationBatch
{
    /// <summary>Most rows of a batch.</summary>
    public const int MostRows = 128;

    /// <summary>Characters at which a batch is full: a record of a damaged list may have millions.</summary>
    private const int MostText = 1 << 20;

    private readonly AnnotationRow[] rows = new AnnotationRow[MostRows];
    private int text;

    /// <summary>Rows that were read.</summary>
    public int Count { get; private set; }

    /// <summary>The rows that were read, in the list's order.</summary>
    public ReadOnlySpan<AnnotationRow> Rows => rows.AsSpan(0, Count);

    /// <summary>Whether a reader should stop here.</summary>
    internal bool IsFull => Count == MostRows || text >= MostText;

    /// <summary>Forgets all rows.</summary>
    internal void Clear() => (Count, text) = (0, 0);

    /// <summary>A further row, empty, to be filled before the next is asked for.</summary>
    internal AnnotationRow Add()
    {
        var row = rows[Count] ??= new();
        row.Clear();
        Count++;
        return row;
    }

    /// <summary>Counts the text that a filled row holds.</summary>
    internal void Charge(AnnotationRow row) => text += row.TextLength;
}
