namespace EyeSlots.Core.Planning;

/// <summary>
/// Where a listed path <c>p</c> may lie below the image root, in the order of the look-up: <c>p</c>, <c>M/p</c>, <c>M/M/p</c>, <c>A/p</c>,
/// <c>A/A/p</c> with M and A the two folders of AffectNet's archives, then <c>p</c> without its first part where that is the root's own
/// name. In the same places, the same stem with each other known extension, in the order of <see cref="Extensions"/>.
/// </summary>
/// <param name="rootName">The last part of the root's address; empty where it has none.</param>
public sealed class ImagePlaces(string rootName)
{
    private const string Manually = "Manually_Annotated_Images/", Automatically = "Automatically_Annotated_Images/";
    private static readonly string[] Prefixes = ["", Manually, Manually + Manually, Automatically, Automatically + Automatically];
    private readonly string rootFolder = rootName + "/";

    /// <summary>Extensions that a re-pack may have given a listed image.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".jpg", ".JPG", ".jpeg", ".JPEG", ".Jpeg", ".png", ".PNG", ".bmp", ".BMP", ".tif", ".TIF", ".tiff", ".TIFF", ".webp"];

    /// <summary>How many places there are.</summary>
    public const int Count = 6;

    /// <summary>The last place: paths that begin with the root's own name.</summary>
    public const int BelowRootPlace = Count - 1;

    /// <summary>The place that is looked at after <paramref name="before"/> others, or null behind the last.</summary>
    public string? At(string path, int before)
    {
        if (before < Prefixes.Length) return Prefixes[before] + path;
        return before == Prefixes.Length ? BelowRoot(path) : null;
    }

    /// <summary>A path that begins with the root's own name, without it: what a list calls <c>train_set/images/0.jpg</c> lies in train_set as <c>images/0.jpg</c>.</summary>
    public string? BelowRoot(string path) =>
        rootFolder.Length > 1 && path.StartsWith(rootFolder, StringComparison.Ordinal) ? path[rootFolder.Length..] : null;

    /// <summary>What paths in a place begin with, below the root.</summary>
    public static string Prefix(int place) => place == BelowRootPlace ? "" : Prefixes[place];

    /// <summary>The path that a list has for a key of this place, or nothing where the key lies elsewhere.</summary>
    /// <param name="key">A key below the root.</param>
    /// <param name="place">The place.</param>
    public ReadOnlySpan<char> NameOf(string key, int place)
    {
        if (place == BelowRootPlace) return rootFolder.Length > 1 ? rootFolder + key : default(ReadOnlySpan<char>);
        return key.StartsWith(Prefixes[place], StringComparison.Ordinal) ? key.AsSpan(Prefixes[place].Length) : default;
    }

    /// <summary>A path without its extension.</summary>
    public static ReadOnlySpan<char> Stem(ReadOnlySpan<char> path)
    {
        var dot = path.LastIndexOf('.');
        return dot > path.LastIndexOf('/') ? path[..dot] : path;
    }
}
