using EyeSlots.Core.Annotations;

namespace EyeSlots.Core.Planning;

/// <summary>A part of a list's faces: one shard to make.</summary>
/// <param name="List">The list's name.</param>
/// <param name="Fingerprint">64 lower-case hexadecimal digits; names the shard.</param>
/// <param name="Faces">In shard order; the faces of one image stand together.</param>
public sealed record Slice(string List, string Fingerprint, IReadOnlyList<SliceFace> Faces);

/// <summary>One face of a slice: all that a worker needs to know besides the image.</summary>
public sealed record SliceFace
{
    /// <summary>The face's key.</summary>
    public required FaceKey Key { get; init; }

    /// <summary>46 numbers as in <see cref="Geometry.EyeLandmarks"/>; empty when <see cref="Defect"/> is set.</summary>
    public required double[] Eyes { get; init; }

    /// <summary>0 to 10, or null when unknown.</summary>
    public int? Expression { get; init; }

    /// <summary>-1 to 1, or null when unlabelled.</summary>
    public float? Valence { get; init; }

    /// <summary>-1 to 1, or null when unlabelled.</summary>
    public float? Arousal { get; init; }

    /// <summary>The image as planned.</summary>
    public ImageIdentity Image { get; init; } = ImageIdentity.Absent;

    /// <summary>What is wrong with the annotation itself, or null.</summary>
    public Rejection? Defect { get; init; }
}
