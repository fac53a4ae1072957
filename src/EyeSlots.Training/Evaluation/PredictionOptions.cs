using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Storage;

namespace EyeSlots.Training.Evaluation;

/// <summary>What <c>predict</c> works on.</summary>
public sealed record PredictionOptions
{
    /// <summary>The root of the photographs.</summary>
    public required StorageAddress Images { get; init; }

    /// <summary>Lists of either layout, with or without labels.</summary>
    public required IReadOnlyList<AnnotationList> Lists { get; init; }

    /// <summary>The file of predictions, <c>.csv</c> or <c>.parquet</c>; what is there is replaced.</summary>
    public required string Out { get; init; }

    /// <summary>Faces predicted at a time, 1 to 65,536.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>Slices cut at a time, 1 to 256.</summary>
    public int Workers { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 16);

    /// <summary>Links that lead out of the image root, or of a list's folder, are followed instead of refused.</summary>
    public bool FollowLinks { get; init; }

    /// <summary>Checks every value; returns this.</summary>
    /// <exception cref="EyeSlotsException">usage: says which option, what it may be and what it is.</exception>
    public PredictionOptions Validated()
    {
        Require.That(Lists.Count > 0, "--annotations names no list.");
        Require.Between("--batch", BatchSize, 1, 65_536);
        Require.Between("--workers", Workers, 1, 256);
        PredictionFile.RequireWritable("--out", Out);
        return this;
    }
}
