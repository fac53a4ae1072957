using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Training.Augmentation;

namespace EyeSlots.Training.Loading;

/// <summary>How faces become batches.</summary>
public sealed record LoaderOptions
{
    private const int MostWorkers = 256, MostBatch = 65_536, MostDefaultWorkers = 16;

    /// <summary>Faces that are predicted at a time where nothing is trained.</summary>
    public const int JudgedAtOnce = 256;

    /// <summary>What the network takes.</summary>
    public InputShape Input { get; init; } = InputShape.Default;

    /// <summary>What is drawn for each face of an epoch.</summary>
    public AugmentationOptions Augmentation { get; init; } = new();

    /// <summary>Faces of a batch, 2 to 65,536.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Decides order and augmentation.</summary>
    public long Seed { get; init; }

    /// <summary>Whether faces of rare labels weigh more (<see cref="FaceBatch.Weights"/>).</summary>
    public bool Balance { get; init; }

    /// <summary>Threads that decode, 1 to 256. They decide no byte of a batch. Half the cores by default: the others train.</summary>
    public int Workers { get; init; } = Math.Clamp(Environment.ProcessorCount / 2, 1, MostDefaultWorkers);

    /// <summary>A folder of this machine that keeps shards of S3, or null; of no use where the dataset lies in a folder.</summary>
    public string? Cache { get; init; }

    /// <summary>Bytes that the cache may take.</summary>
    public long CacheBytes { get; init; } = 20L << 30;

    /// <summary>Checks every value; returns this.</summary>
    /// <exception cref="EyeSlotsException">usage: says which option, what it may be and what it is.</exception>
    public LoaderOptions Validated()
    {
        Require.Between("--batch", BatchSize, 2, MostBatch);
        Require.Between("--workers", Workers, 1, MostWorkers);
        Require.Between("--cache-size", CacheBytes, 0, long.MaxValue);
        if (Cache is { } folder) StorageAddress.ParseLocal(folder);
        Input.Validated();
        Augmentation.Validated();
        return this;
    }
}
