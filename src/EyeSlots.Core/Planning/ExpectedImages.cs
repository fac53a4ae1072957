using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Planning;

/// <summary>
/// What is kept of the paths that lists name, so that a listing of the root is asked for the right keys, many parts of it side by side, and
/// what else lies there is passed over: a hash a stem, the first and the last of them, and a sample.
/// </summary>
/// <param name="places">Where images may lie.</param>
internal sealed class ExpectedImages(ImagePlaces places)
{
    /// <summary>Hashes of the stems; two of one hash only keep an image too many.</summary>
    private HashSet<int> stems = [];

    private readonly NameRange all = new(), belowRoot = new();

    /// <summary>How many images are named, those of one stem taken as one.</summary>
    public int Count { get; private set; }

    /// <summary>How many places there are: the last one is for paths that begin with the root's own name.</summary>
    public int Places => belowRoot.IsEmpty ? ImagePlaces.BelowRootPlace : ImagePlaces.Count;

    /// <summary>Takes a path. One caller at a time.</summary>
    /// <param name="path">As the list has it.</param>
    /// <param name="hash">Its <see cref="PlannedFace.HashOf"/>.</param>
    public void Add(string path, UInt128 hash)
    {
        if (stems.Add(string.GetHashCode(ImagePlaces.Stem(path)))) Count++;
        all.Add(path, hash);
        if (places.BelowRoot(path) is { } below) belowRoot.Add(below, hash);
    }

    /// <summary>The path that a list may have for a key of a place, or nothing. Safe to call from several threads.</summary>
    public ReadOnlySpan<char> NameOf(string key, int place) => places.NameOf(key, place) is { IsEmpty: false } name && HasStem(name) ? name : default;

    /// <summary>Gives back what only a listing needs: nothing is listed any more.</summary>
    public void ForgetStems() => stems = [];

    /// <summary>The keys among which the expected images lie in a place, or null where none can lie there.</summary>
    public KeyRange? RangeIn(int place) => NamesOf(place).Range(ImagePlaces.Prefix(place));

    /// <summary>The same keys as parts that hold about as many expected images each.</summary>
    public IReadOnlyList<KeyRange> PartsIn(int place, int count) => NamesOf(place).Parts(ImagePlaces.Prefix(place), count);

    private NameRange NamesOf(int place) => place == ImagePlaces.BelowRootPlace ? belowRoot : all;

    private bool HasStem(ReadOnlySpan<char> name) => stems.Contains(string.GetHashCode(ImagePlaces.Stem(name)));
}
