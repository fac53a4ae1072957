namespace EyeSlots.Core.Planning;

/// <summary>Identities of images under hashes of their names; what is more than a place in a file lies in a spool.</summary>
internal sealed class ImageRecords : IDisposable
{
    private readonly FaceSpool spool = new();
    private readonly PackedWriter record = new(256);
    private readonly Dictionary<UInt128, long> places = [];

    /// <summary>Makes room for so many, which growing by and by would take several times.</summary>
    public void Reserve(int count) => places.EnsureCapacity(count);

    /// <summary>Keeps an identity. One caller at a time, and nobody reads beside it.</summary>
    /// <param name="name">Hash of its name.</param>
    /// <param name="image">The identity.</param>
    /// <param name="key">What its path ends with, and whoever reads it knows.</param>
    public void Keep(UInt128 name, in ImageIdentity image, string key)
    {
        record.Shorten(0);
        FaceCodec.WriteImage(record, image, key);
        places[name] = spool.Append(record.Written);
    }

    /// <summary>Makes what is kept readable.</summary>
    public void Flush() => spool.Flush();

    /// <summary>Whether something is kept under a name.</summary>
    public bool Has(UInt128 name) => places.ContainsKey(name);

    /// <summary>What is kept under a name, or null. Safe to call from several threads after <see cref="Flush"/>.</summary>
    public ImageIdentity? Find(UInt128 name, string key)
    {
        if (!places.TryGetValue(name, out var place)) return null;
        var buffer = new byte[256];
        var reader = new PackedReader(spool.Read(place, ref buffer));
        return FaceCodec.ReadImage(ref reader, key);
    }

    /// <summary>Removes the temporary file.</summary>
    public void Dispose() => spool.Dispose();
}
