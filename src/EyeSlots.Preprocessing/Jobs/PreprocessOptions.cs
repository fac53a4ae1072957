using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>What a run works on and how it ends; none of it but <see cref="Parameters"/> decides a shard's bytes.</summary>
public sealed record PreprocessOptions
{
    /// <summary>Lists with unique names.</summary>
    public required IReadOnlyList<AnnotationList> Lists { get; init; }

    /// <summary>The image root.</summary>
    public required StorageAddress Images { get; init; }

    /// <summary>The dataset root.</summary>
    public required StorageAddress Output { get; init; }

    /// <summary>The dataset's name below the output root.</summary>
    public string Dataset { get; init; } = "affectnet";

    /// <summary>What decides the bytes.</summary>
    public JobParameters Parameters { get; init; } = new();

    /// <summary>
    /// Most bytes for decoding one huge image. Where it decides a reject, it decides the shard's name. A quarter of it, and at least 32 MB, bounds
    /// what all workers of a process together read ahead from S3.
    /// </summary>
    public long MemoryBytes { get; init; } = MemoryLimit.DefaultBytes;

    /// <summary>Slices at a time, where this machine makes them, 1 to 1024.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Images are told apart by the hash of their content.</summary>
    public bool HashImages { get; init; }

    /// <summary>Images are read whole. Else first what a slot is likely to need, where they are far away and not told apart by their content.</summary>
    public bool WholeObjects { get; init; }

    /// <summary>Links that lead out of the image root, or of a list's folder, are followed instead of refused.</summary>
    public bool FollowLinks { get; init; }

    /// <summary>Makes every shard again and compares it with the published one.</summary>
    public bool Force { get; init; }

    /// <summary>Plans and writes nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>The largest share of rejected faces that is committed, 0 to 1.</summary>
    public double MaxRejected { get; init; } = 0.05;

    /// <summary>Checks every value, and what they are together; returns this.</summary>
    /// <exception cref="EyeSlotsException">usage: says which option, what it may be and what it is.</exception>
    public PreprocessOptions Validated()
    {
        Require.That(Lists.Count > 0, "--annotations names no list.");
        Require.That(Lists.DistinctBy(list => list.Name).Count() == Lists.Count, "--annotations gives two lists the same name.");
        AnnotationList.CheckName(Dataset, "dataset");
        MemoryLimit.Check(MemoryBytes);
        Require.Between("--workers", Workers, 1, 1024);
        Require.Between("--max-rejected", MaxRejected, 0, 1);
        Parameters.Validated();
        return this;
    }

    /// <summary>What of it an engine needs to know.</summary>
    internal EngineJob ForEngine => new()
    {
        Images = Images, Output = Output, Parameters = Parameters, MemoryBytes = MemoryBytes, Workers = Workers, FollowLinks = FollowLinks, Force = Force,
        WholeObjects = WholeObjects,
    };
}
