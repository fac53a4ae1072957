using System.Text.Json.Serialization;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>What a run did; printed as is by <c>--json</c>.</summary>
public sealed record PreprocessSummary
{
    /// <summary>The dataset's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>The generation that holds the run's content; null in a dry run.</summary>
    public int? Generation { get; init; }

    /// <summary>False when that generation was there already.</summary>
    public bool Committed { get; init; }

    /// <summary>Faces of all lists: <see cref="Rows"/> and rejected ones.</summary>
    public required long Faces { get; init; }

    /// <summary>Crops in the generation; null in a dry run.</summary>
    public long? Rows { get; init; }

    /// <summary>Rejected faces by code. In a dry run only those of missing images and of links out of the image root are known.</summary>
    public required IReadOnlyDictionary<string, long> Rejected { get; init; }

    /// <summary>The first path from which a link leads out of the image root, so that its faces are rejected; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FirstLinkOut { get; init; }

    /// <summary>Shards in the generation.</summary>
    public required int Shards { get; init; }

    /// <summary>Shards that this run made (dry run: would make).</summary>
    public required int ShardsMade { get; init; }

    /// <summary>Shards that were there already.</summary>
    public required int ShardsKept { get; init; }

    /// <summary>Faces in the shards that this run made (dry run: would make).</summary>
    public required long FacesMade { get; init; }

    /// <summary>Bytes of images that this run read.</summary>
    public long BytesRead { get; init; }

    /// <summary>Bytes that these images have: where only what a slot needs is read, more than <see cref="BytesRead"/>.</summary>
    public long BytesThere { get; init; }

    /// <summary>Bytes of shards and quarantine files that this run made.</summary>
    public long BytesWritten { get; init; }

    /// <summary>From the start of the planning to the commit.</summary>
    public required double Seconds { get; init; }

    /// <summary>Connecting to a cluster and uploading to it, before <see cref="Seconds"/> begins; null for the local engine.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? SessionSeconds { get; init; }

    /// <summary>Faces made in a second of the whole run.</summary>
    public double ImagesPerSecond => Seconds > 0 ? Math.Round(FacesMade / Seconds, 1) : 0;

    /// <summary>The engine's name.</summary>
    public required string Engine { get; init; }

    /// <summary>Whether nothing was written.</summary>
    public bool DryRun { get; init; }
}

/// <summary>Where a run is.</summary>
/// <param name="Phase">What it is doing.</param>
/// <param name="Done">Rows read, images looked at, or faces made.</param>
/// <param name="Total">Faces to make; 0 while it is not known.</param>
/// <param name="Rejected">Faces rejected so far.</param>
public readonly record struct PreprocessProgress(PreprocessPhase Phase, long Done, long Total, long Rejected);

/// <summary>The phases of a run, in order.</summary>
public enum PreprocessPhase
{
    /// <summary>Reading lists.</summary>
    ReadingLists,

    /// <summary>Looking for the images that they name.</summary>
    LookingAtImages,

    /// <summary>Looking at what can be kept.</summary>
    Comparing,

    /// <summary>Waiting for the engine to open.</summary>
    Opening,

    /// <summary>Making shards.</summary>
    Making,
}
