using System.Globalization;
using System.Text;

namespace EyeSlots.Integration.Tests.Storage.Servers;

/// <summary>
/// Millions of keys in the order in which S3 lists, none of which is held: folders that are numbered as AffectNet's are, each with as many
/// photographs, named by eight digits of which most numbers are left out.
/// </summary>
/// <param name="prefix">What all begin with.</param>
/// <param name="folders">How many folders.</param>
/// <param name="perFolder">Photographs in each.</param>
internal sealed class GeneratedKeys(string prefix, int folders, int perFolder)
{
    private const int Gap = 37;

    private readonly byte[][] starts =
    [
        .. Enumerable.Range(1, folders).Select(number => string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}/"))
            .Order(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes),
    ];

    public int Count => folders * perFolder;

    /// <summary>Writes a key and returns its length.</summary>
    public int Write(int index, Span<byte> room)
    {
        var (folder, number) = Math.DivRem(index, perFolder);
        var start = starts[folder];
        start.CopyTo(room);
        (number * Gap).TryFormat(room[start.Length..], out var digits, "D8", CultureInfo.InvariantCulture);
        ".jpg"u8.CopyTo(room[(start.Length + digits)..]);
        return start.Length + digits + ".jpg".Length;
    }

    public string this[int index]
    {
        get
        {
            Span<byte> room = stackalloc byte[256];
            return Encoding.UTF8.GetString(room[..Write(index, room)]);
        }
    }

    /// <summary>The first key that does not lie before a text; with that key itself passed over, too, where it must lie behind it.</summary>
    public int FirstFrom(ReadOnlySpan<byte> text, bool behind)
    {
        Span<byte> room = stackalloc byte[256];
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var order = room[..Write(middle, room)].SequenceCompareTo(text);
            if (order < 0 || (behind && order == 0)) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>Where a key stands, or -1.</summary>
    public int IndexOf(ReadOnlySpan<byte> key)
    {
        Span<byte> room = stackalloc byte[256];
        var index = FirstFrom(key, behind: false);
        return index < Count && room[..Write(index, room)].SequenceEqual(key) ? index : -1;
    }
}
