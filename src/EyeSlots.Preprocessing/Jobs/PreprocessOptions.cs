using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>What a run works on and how it ends; none of it but <see cref="Parameters"/> decides a shard's bytes.</summary>
public sealed record PreprocessOptions
{
    /// <summary>Lists with unique names.</summary>
    public required IReadOnlyList<AnnotationList> Lists { get; init; }

    /// <summary>The dataset's name below the output root.</summary>
    public string Dataset { get; init; } = "affectnet";

    /// <summary>What decides the bytes.</summary>
    public JobParameters Parameters { get; init; } = new();

    /// <summary>Most bytes for decoding one huge image. Where it decides a reject, it decides the shard's name.</summary>
    public long MemoryBytes { get; init; } = 512L << 20;

    /// <summary>Images are told apart by the hash of their content.</summary>
    public bool HashImages { get; init; }

    /// <summary>Links that lead out of the image root, or of a list's folder, are followed instead of refused.</summary>
    public bool FollowLinks { get; init; }

    /// <summary>Makes every shard again and compares it with the published one.</summary>
    public bool Force { get; init; }

    /// <summary>Plans and writes nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>The largest share of rejected faces that is committed, 0 to 1.</summary>
    public double MaxRejected { get; init; } = 0.05;
}
