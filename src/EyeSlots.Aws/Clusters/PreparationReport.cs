namespace EyeSlots.Aws.Clusters;

/// <summary>What <c>cluster prepare</c> did or, in a dry run, would do.</summary>
/// <param name="Region">Where.</param>
/// <param name="StackId">The base stack; null before there is one.</param>
/// <param name="ArtifactBucket">Its bucket of artifacts and mailboxes; null likewise.</param>
/// <param name="DataBuckets">The buckets with photographs and shards.</param>
/// <param name="Artifacts">What machines fetch.</param>
/// <param name="Next">The line to type before clusters can be made; null where they can.</param>
/// <param name="Calls">In a dry run, each call that would change something.</param>
public sealed record PreparationReport(
    string Region, string? StackId, string? ArtifactBucket, IReadOnlyList<string> DataBuckets, IReadOnlyList<SentArtifact> Artifacts, string? Next, IReadOnlyList<PlannedCall> Calls);

/// <summary>A file that machines fetch.</summary>
/// <param name="File">Its name.</param>
/// <param name="Sha256">Its hash.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sent">Whether it was sent now, and not there already.</param>
public sealed record SentArtifact(string File, string Sha256, long Bytes, bool Sent);
