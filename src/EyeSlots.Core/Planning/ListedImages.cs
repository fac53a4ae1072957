using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Planning;

/// <summary>
/// What the listing of an image root says of the images that lists name, and of no other: a hash a name, and what was listed of it in a
/// spool. A root may hold many times what the lists need.
/// </summary>
internal sealed class ListedImages(ImagePlaces places) : IDisposable
{
    /// <summary>Places of a key's name in lists: itself, and without one or two folders of archives around it.</summary>
    private const int MostInside = 3;

    private readonly FaceSpool spool = new();
    private readonly Dictionary<UInt128, long> found = [];
    private readonly HashSet<UInt128> archived = [];

    /// <summary>Hashes of the stems that the lists name; two stems of one hash only keep an image too many.</summary>
    private HashSet<int> stems = [];

    /// <summary>Says that a list names a path. One caller at a time.</summary>
    public void Expect(string path)
    {
        Add(path);
        if (places.BelowRoot(path) is { } below) Add(below);

        void Add(string name) => stems.Add(string.GetHashCode(ImagePlaces.Stem(name)));
    }

    /// <summary>Keeps what the lists need of a listing; no path is expected after it.</summary>
    public async Task TakeAsync(IAsyncEnumerable<ObjectStat> listing)
    {
        var record = new PackedWriter(256);
        await foreach (var stat in listing.ConfigureAwait(false))
        {
            if (!IsExpected(stat.Key)) continue;
            record.Shorten(0);
            FaceCodec.WriteImage(record, ImageLocator.Describe(stat), stat.Key);
            found[PlannedFace.HashOf(stat.Key)] = spool.Append(record.Written);
            if (stat.IsArchived) archived.Add(PlannedFace.HashOf(stat.Key));
        }

        stems = [];
        spool.Flush();
    }

    /// <summary>What was listed under a key, or null. Safe to call from several threads after <see cref="TakeAsync"/>.</summary>
    public ImageIdentity? Find(string key)
    {
        if (!found.TryGetValue(PlannedFace.HashOf(key), out var place)) return null;
        var buffer = new byte[256];
        var record = new PackedReader(spool.Read(place, ref buffer));
        return FaceCodec.ReadImage(ref record, key);
    }

    /// <summary>Whether what was listed under a key cannot be read before it is restored.</summary>
    public bool IsArchived(string key) => archived.Count > 0 && archived.Contains(PlannedFace.HashOf(key));

    /// <summary>Removes the temporary file.</summary>
    public void Dispose() => spool.Dispose();

    private bool IsExpected(string key)
    {
        for (var before = 0; before < MostInside; before++)
        {
            if (ImagePlaces.Inside(key, before) is { IsEmpty: false } name && stems.Contains(string.GetHashCode(ImagePlaces.Stem(name)))) return true;
        }

        return false;
    }
}
