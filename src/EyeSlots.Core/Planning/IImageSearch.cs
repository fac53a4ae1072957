namespace EyeSlots.Core.Planning;

/// <summary>Looks for images in the places in which they may lie, in the way that is cheap where the root is.</summary>
internal interface IImageSearch : IDisposable
{
    /// <summary>Says that a list names a path. One caller at a time; all are said before <see cref="PrepareAsync"/>.</summary>
    void Expect(string path, UInt128 hash);

    /// <summary>Does what is cheaper for all expected paths together.</summary>
    Task PrepareAsync(NamedImages names, CancellationToken cancellation);

    /// <summary>The first place that has an image of an expected path, or <see cref="ImageIdentity.Absent"/>. Where nothing was expected, of any path. Safe to call from several threads.</summary>
    ValueTask<ImageIdentity> FindAsync(string path, UInt128 hash, CancellationToken cancellation);

    /// <summary>Whether a found image is known to lie in an archive.</summary>
    bool IsArchived(in ImageIdentity image);
}
