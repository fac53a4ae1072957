namespace EyeSlots.Storage.S3;

/// <summary>One answer to a listing.</summary>
/// <param name="Files">What lies below the root, in the server's order.</param>
/// <param name="Next">Where the next page begins, or null behind the last.</param>
/// <param name="LastKey">The last key of the bucket that was read, markers of folders included, or null where there was none.</param>
/// <param name="IsInOrder">Whether each key, the first after the one before the page, comes behind the one before it.</param>
/// <param name="HasEnded">Whether a key behind the end of the range was seen; nothing was read from there on.</param>
internal sealed record ListingPage(IReadOnlyList<ObjectStat> Files, string? Next, string? LastKey, bool IsInOrder, bool HasEnded);
