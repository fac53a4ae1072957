using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Planning;

/// <summary>What an engine needs to know to make shards, besides the slices: the same for all slices of a run.</summary>
public sealed record EngineJob
{
    /// <summary>The image root.</summary>
    public required StorageAddress Images { get; init; }

    /// <summary>The dataset root.</summary>
    public required StorageAddress Output { get; init; }

    /// <summary>What decides the bytes.</summary>
    public required JobParameters Parameters { get; init; }

    /// <summary>Most bytes for decoding one huge image, in each process.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Slices at a time, where this machine makes them, at least 1.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Images are read whole, instead of first what a slot is likely to need.</summary>
    public bool WholeObjects { get; init; }

    /// <summary>Links that lead out of the image root are followed.</summary>
    public bool FollowLinks { get; init; }

    /// <summary>A differing published shard is an error even where it is damaged.</summary>
    public bool Force { get; init; }
}

/// <summary>Opens engines of one kind.</summary>
public interface IEngineFactory
{
    /// <summary>The kind's name, as in <see cref="IEngine.Name"/>.</summary>
    string Name { get; }

    /// <summary>Begins to open an engine for a job; the caller plans meanwhile, then awaits <see cref="IEngine.PrepareAsync"/>.</summary>
    /// <param name="job">The job.</param>
    /// <param name="cancellation">Ends the opening.</param>
    IEngine Open(EngineJob job, CancellationToken cancellation);
}
