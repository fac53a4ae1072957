namespace EyeSlots.Reporting.Pages;

/// <summary>An encoded picture, taken as it is.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="MediaType">Such as <c>image/jpeg</c>.</param>
public sealed record Picture(ReadOnlyMemory<byte> Bytes, string MediaType)
{
    /// <summary>A JPEG file.</summary>
    public static Picture Jpeg(ReadOnlyMemory<byte> bytes) => new(bytes, "image/jpeg");
}

/// <summary>A picture with its words.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Alternative">What is read where it is not seen.</param>
/// <param name="Caption">What stands below it, a line each.</param>
internal sealed record CaptionedPicture(Picture Picture, string Alternative, IReadOnlyList<IReadOnlyList<Phrase>> Caption);
