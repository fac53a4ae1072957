namespace EyeSlots.Reporting.Pages;

/// <summary>An encoded picture, taken as it is.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="MediaType">Such as <c>image/jpeg</c>.</param>
public sealed record Picture(ReadOnlyMemory<byte> Bytes, string MediaType)
{
    /// <summary>Of what a shard holds: JPEG, PNG or WebP, by its first bytes; null of anything else.</summary>
    public static Picture? Of(ReadOnlyMemory<byte> bytes) => bytes.Span switch
    {
        [0xFF, 0xD8, 0xFF, ..] => new(bytes, "image/jpeg"),
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => new(bytes, "image/png"),
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => new(bytes, "image/webp"),
        _ => null,
    };
}

/// <summary>A picture with its words.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Alternative">What is read where it is not seen.</param>
/// <param name="Caption">What stands below it, a line each.</param>
internal sealed record CaptionedPicture(Picture Picture, string Alternative, IReadOnlyList<IReadOnlyList<Phrase>> Caption);
