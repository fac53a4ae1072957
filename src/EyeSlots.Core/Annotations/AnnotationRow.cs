using EyeSlots.Core.Geometry;

namespace EyeSlots.Core.Annotations;

/// <summary>
/// One row of a list as read; a reader reuses the objects that it is given. Landmarks stay text until they are asked for, so that
/// whoever asks turns them into numbers on a thread of its own: they are most of a list.
/// </summary>
public sealed class AnnotationRow
{
    /// <summary>Characters that an object keeps room for; a record of AffectNet has some 700.</summary>
    private const int MostKept = 1 << 14;

    private readonly double[] landmarks = new double[EyeLandmarks.AllCoordinates];
    private char[] text = [];
    private int landmarksStart;
    private int landmarksLength;
    private int recordLength;
    private bool isText;
    private Rejection? defect;
    private string rawText = "";

    /// <summary>The normalized path, the raw path where it was refused, or nothing where the row has none.</summary>
    public string ImagePath { get; set; } = "";

    /// <summary>136 numbers in pixels; meaningful when <see cref="Defect"/> is null.</summary>
    public double[] Landmarks => Settled().landmarks;

    /// <summary>0 to 10, or null when unknown.</summary>
    public int? Expression { get; set; }

    /// <summary>-1 to 1, or null when unlabelled.</summary>
    public float? Valence { get; set; }

    /// <summary>-1 to 1, or null when unlabelled.</summary>
    public float? Arousal { get; set; }

    /// <summary>What is wrong with the row, or null.</summary>
    public Rejection? Defect { get => Settled().defect; set => defect = value; }

    /// <summary>The row's text where <see cref="Defect"/> is set, for the fingerprint.</summary>
    public string RawText { get => Settled().rawText; set => rawText = value; }

    /// <summary>1-based line in the list, or the 2021 layout's N; for logs only.</summary>
    public long Line { get; set; }

    /// <summary>Characters that the row holds of its record.</summary>
    internal int TextLength => isText ? recordLength : rawText.Length;

    /// <summary>Forgets the row before.</summary>
    public void Clear() => (ImagePath, Expression, Valence, Arousal, defect, rawText, isText) = ("", null, null, null, null, "", false);

    /// <summary>Keeps the text of landmarks, and of the record that they stand in, for later.</summary>
    internal void KeepText(ReadOnlySpan<char> numbers, ReadOnlySpan<char> record)
    {
        // Numbers without quotes stand in the record as they are, and are kept once.
        var isPart = record.Overlaps(numbers, out var start) && start >= 0 && start + numbers.Length <= record.Length;
        (landmarksStart, landmarksLength, recordLength, isText) = (isPart ? start : record.Length, numbers.Length, record.Length, true);
        var needed = isPart ? record.Length : record.Length + numbers.Length;
        if (text.Length < needed || text.Length > MostKept) text = new char[Math.Max(needed, MostKept / 8)];
        record.CopyTo(text);
        if (!isPart) numbers.CopyTo(text.AsSpan(landmarksStart));
    }

    private AnnotationRow Settled()
    {
        if (!isText) return this;
        isText = false;
        defect = DecimalText.ReadLandmarks(text.AsSpan(landmarksStart, landmarksLength), landmarks) switch
        {
            -1 => new(RejectCode.LandmarksInvalid, "a coordinate is not a number"),
            var count when count != landmarks.Length => new(RejectCode.LandmarksInvalid, $"{count} numbers instead of {landmarks.Length}"),
            _ => null,
        };
        if (defect is not null) rawText = new(text.AsSpan(0, recordLength));
        return this;
    }
}
