namespace EyeSlots.Core.Planning;

/// <summary>
/// The faces of a run cut into slices: a pure function of annotations, image identities and parameters. Faces wait in a
/// temporary file without a name, so a plan's memory does not grow with the landmarks.
/// </summary>
public sealed class Plan : IDisposable
{
    /// <summary>All slices: lists in the order of their names, then by hash.</summary>
    public IReadOnlyList<SliceHeader> Slices => throw new InvalidOperationException();

    /// <summary>Faces of all slices.</summary>
    public long Faces => throw new InvalidOperationException();

    /// <summary>The parameters that the fingerprints were made with.</summary>
    public JobParameters Parameters => throw new InvalidOperationException();

    /// <summary>Reads a slice's faces back. Safe to call from several threads.</summary>
    public Slice Load(SliceHeader slice) => throw new InvalidOperationException(slice.Fingerprint);

    /// <summary>Removes the temporary file.</summary>
    public void Dispose()
    {
    }
}
