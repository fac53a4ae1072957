using System.Collections.Concurrent;
using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Planning;

/// <summary>What listings say of the images that lists name, and of no other, by place and name. A root may hold many times what the lists need.</summary>
internal sealed class ListedImages : IDisposable
{
    /// <summary>The place stands in the lowest bits of a name's hash.</summary>
    private const int PlaceBits = 3;

    private readonly Lock writing = new();
    private readonly ImageRecords records = new();
    private readonly ConcurrentDictionary<string, bool> archived = new(StringComparer.Ordinal);

    /// <summary>Makes room for so many images.</summary>
    public void Reserve(int count) => records.Reserve(count);

    /// <summary>Keeps of a page what the lists need. Safe to call from several threads.</summary>
    public void Take(IReadOnlyList<ObjectStat> page, ExpectedImages expected)
    {
        List<(UInt128 Name, ObjectStat Image)> needed = new(page.Count);
        foreach (var image in page)
        {
            for (var place = 0; place < expected.Places; place++)
            {
                if (expected.NameOf(image.Key, place) is { IsEmpty: false } name) needed.Add((In(PlannedFace.HashOf(name), place), image));
            }
        }

        lock (writing)
        {
            foreach (var (name, image) in needed) records.Keep(name, ImageLocator.Describe(image), image.Key);
        }

        foreach (var (_, image) in needed) NoteArchived(image);
    }

    /// <summary>Makes what is kept readable.</summary>
    public void Flush() => records.Flush();

    /// <summary>Whether a name was listed in a place. Not beside <see cref="Take"/>, but from several threads.</summary>
    public bool Has(UInt128 name, int place) => records.Has(In(name, place));

    /// <summary>Whether a name was listed in any place. Likewise.</summary>
    public bool HasAnywhere(UInt128 name) => Enumerable.Range(0, ImagePlaces.Count).Any(place => Has(name, place));

    /// <summary>What was listed in a place, or null. Not beside <see cref="Take"/>, but from several threads.</summary>
    /// <param name="name">Hash of the name in the place.</param>
    /// <param name="place">The place.</param>
    /// <param name="key">The key there.</param>
    public ImageIdentity? Find(UInt128 name, int place, string key) => records.Find(In(name, place), key);

    /// <summary>Remembers an image that has to be restored before it can be read. Safe to call from several threads.</summary>
    public void NoteArchived(in ObjectStat image)
    {
        if (image.IsArchived) archived[image.Key] = true;
    }

    /// <summary>Whether an image has to be restored before it can be read. Safe to call from several threads.</summary>
    public bool IsArchived(string key) => !archived.IsEmpty && archived.ContainsKey(key);

    /// <summary>Removes the temporary file.</summary>
    public void Dispose() => records.Dispose();

    private static UInt128 In(UInt128 name, int place) => (name >> PlaceBits << PlaceBits) | (UInt128)place;
}
