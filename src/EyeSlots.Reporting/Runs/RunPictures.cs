using EyeSlots.Core.Annotations;
using EyeSlots.Reporting.Pages;

namespace EyeSlots.Reporting.Runs;

/// <summary>The slots of the faces that a page shows, as the shards of a generation hold them.</summary>
public sealed class RunPictures
{
    private readonly Dictionary<(string ContentSha256, FaceKey Face), Picture> pictures = [];

    /// <summary>How many there are.</summary>
    public int Count => pictures.Count;

    /// <summary>Adds a picture of a face.</summary>
    /// <param name="contentSha256">The generation's content.</param>
    /// <param name="face">The face.</param>
    /// <param name="picture">Its slot.</param>
    public void Add(string contentSha256, FaceKey face, Picture picture) => pictures[(contentSha256, face)] = picture;

    internal Picture? Of(string contentSha256, FaceKey face) => pictures.GetValueOrDefault((contentSha256, face));
}
