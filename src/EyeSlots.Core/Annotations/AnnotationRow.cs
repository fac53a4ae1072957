using EyeSlots.Core.Geometry;

namespace EyeSlots.Core.Annotations;

/// <summary>One row of a list as read; a reader reuses one object for all its rows.</summary>
public sealed class AnnotationRow
{
    /// <summary>The normalized path, the raw path where it was refused, or nothing where the row has none.</summary>
    public string ImagePath { get; set; } = "";

    /// <summary>136 numbers in pixels; meaningful when <see cref="Defect"/> is null.</summary>
    public double[] Landmarks { get; } = new double[EyeLandmarks.AllCoordinates];

    /// <summary>0 to 10, or null when unknown.</summary>
    public int? Expression { get; set; }

    /// <summary>-1 to 1, or null when unlabelled.</summary>
    public float? Valence { get; set; }

    /// <summary>-1 to 1, or null when unlabelled.</summary>
    public float? Arousal { get; set; }

    /// <summary>What is wrong with the row, or null.</summary>
    public Rejection? Defect { get; set; }

    /// <summary>The row's text where <see cref="Defect"/> is set, for the fingerprint.</summary>
    public string RawText { get; set; } = "";

    /// <summary>1-based line in the list, or the 2021 layout's N; for logs only.</summary>
    public long Line { get; set; }

    /// <summary>Forgets the row before.</summary>
    public void Clear() => (ImagePath, Expression, Valence, Arousal, Defect, RawText) = ("", null, null, null, null, "");
}
