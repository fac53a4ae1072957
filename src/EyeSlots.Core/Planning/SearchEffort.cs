using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Planning;

/// <summary>When a bucket is listed, and when it is asked for images one by one. None of it changes what is found.</summary>
/// <param name="MostAsked">Images that are asked for one by one without a listing. A LIST costs as much as twelve HEADs, and as long as one.</param>
/// <param name="ImagesInPart">Images that a part of a listing is to hold.</param>
/// <param name="FewestParts">Parts where there are few images: all at once, so that up to 25,000 are there after one page each.</param>
/// <param name="SparePages">Pages that a listing may have beside one for each ten images; then the rest is asked for one by one.</param>
internal sealed record SearchEffort(int MostAsked = 1000, int ImagesInPart = 4000, int FewestParts = KeyRange.ListedAtOnce, int SparePages = 100)
{
    /// <summary>Images asked for at once.</summary>
    public const int AskedAtOnce = 64;

    private const int MostParts = 1024, ImagesOfAPage = 10;

    /// <summary>How many parts a listing has for so many images.</summary>
    public int Parts(int images) => Math.Clamp(images / ImagesInPart, FewestParts, MostParts);

    /// <summary>Pages after which a listing is given up.</summary>
    public long MostPages(int images) => (images / ImagesOfAPage) + SparePages;
}
