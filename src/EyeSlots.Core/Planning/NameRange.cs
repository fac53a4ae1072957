using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Planning;

/// <summary>The first and the last of many paths in <see cref="KeyOrder"/>, extensions aside, and a uniform sample of those between.</summary>
internal sealed class NameRange
{
    private const int MostSampled = 8192;

    private readonly List<(UInt128 Hash, string Stem)> sample = [];
    private UInt128 highest = UInt128.MaxValue;
    private string? first, last;

    public bool IsEmpty => first is null;

    public void Add(string path, UInt128 hash)
    {
        var stem = ImagePlaces.Stem(path);
        if (first is null || KeyOrder.Compare(stem, first) < 0) first = stem.ToString();
        if (last is null || EndsBehind(stem, last)) last = stem.ToString();
        if (hash > highest) return;
        sample.Add((hash, stem.ToString()));
        if (sample.Count == MostSampled) HalveSample();
    }

    /// <summary>All keys that a path may have in a place, whatever its extension, and few others; null where there is no path.</summary>
    public KeyRange? Range(string prefix)
    {
        if (first is null || last is null) return null;

        // The keys of a stem are itself and those behind "stem.", so they lie before "stem/". What is before its last character is before it.
        var cut = first.Length > 1 && char.IsLowSurrogate(first[^1]) ? 2 : 1;
        return new(prefix + (first.Length > 0 ? first[..^cut] : ""), prefix + last + '/');
    }

    /// <summary>The same keys in parts that hold about as many of the paths each.</summary>
    public IReadOnlyList<KeyRange> Parts(string prefix, int count)
    {
        if (Range(prefix) is not { } whole) return [];
        string[] stems = [.. sample.Select(name => name.Stem)];
        Array.Sort(stems, (left, right) => KeyOrder.Compare(left, right));
        List<KeyRange> parts = [];
        var after = whole.After;
        for (var part = 1; part < count; part++)
        {
            var end = prefix + stems[(int)((long)part * stems.Length / count)];
            if (KeyOrder.Compare(end, after) <= 0) continue;
            parts.Add(new(after, end));
            after = end;
        }

        parts.Add(new(after, whole.Until));
        return parts;
    }

    /// <summary>Whether the keys of a stem end behind those of another: both end with <c>/</c> in this comparison.</summary>
    private static bool EndsBehind(ReadOnlySpan<char> stem, ReadOnlySpan<char> other)
    {
        var same = stem.CommonPrefixLength(other);
        if (same == stem.Length) return same < other.Length && KeyOrder.Compare('/', other[same]) > 0;
        return KeyOrder.Compare(stem[same], same < other.Length ? other[same] : '/') is var order && (order > 0 || (order == 0 && same == other.Length));
    }

    // Those with the lowest hashes stay, so any path had the same chance, wherever in a list it stands.
    private void HalveSample()
    {
        sample.Sort((left, right) => left.Hash.CompareTo(right.Hash));
        sample.RemoveRange(MostSampled / 2, sample.Count - (MostSampled / 2));
        highest = sample[^1].Hash;
    }
}
