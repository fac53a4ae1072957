namespace EyeSlots.Core.Storage;

/// <summary>The order in which S3 lists: that of the keys' UTF-8 bytes, in which what .NET writes as two surrogates comes last.</summary>
public static class KeyOrder
{
    /// <summary>Compares two keys.</summary>
    public static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var same = left.CommonPrefixLength(right);
        return same == left.Length || same == right.Length ? left.Length.CompareTo(right.Length) : Compare(left[same], right[same]);
    }

    /// <summary>Compares two characters at which keys part.</summary>
    public static int Compare(char left, char right) =>
        char.IsSurrogate(left) == char.IsSurrogate(right) ? left.CompareTo(right) : char.IsSurrogate(left) ? 1 : -1;
}

/// <summary>A part of a store's keys, in <see cref="KeyOrder"/>.</summary>
/// <param name="After">All keys lie behind it; empty for the first.</param>
/// <param name="Until">None lies behind it; null where it has no end.</param>
public readonly record struct KeyRange(string After, string? Until)
{
    /// <summary>The most keys of a page of a listing, as S3 has it.</summary>
    public const int PageKeys = 1000;

    /// <summary>Parts that are listed at a time.</summary>
    public const int ListedAtOnce = 32;

    /// <summary>Whether a key lies behind the end.</summary>
    public bool IsBefore(ReadOnlySpan<char> key) => Until is not null && KeyOrder.Compare(key, Until) > 0;
}
