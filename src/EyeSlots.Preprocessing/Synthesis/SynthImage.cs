using EyeSlots.Preprocessing.Synthesis.Portraits;
using OpenCvSharp;

namespace EyeSlots.Preprocessing.Synthesis;

/// <summary>The list that an image belongs to.</summary>
internal enum SynthSet
{
    Training,
    Validation,
    Test,
}

/// <summary>One image to draw, with its faces and its defect; one that stands in two lists is there twice.</summary>
internal sealed record SynthImage(int Index, int Side, SynthFace[] Faces, Defect Defect, SynthSet Set)
{
    private const int ImagesOfAFolder = 500;

    /// <summary>The kind of file, by content and extension.</summary>
    public PhotographFormat Format { get; init; }

    /// <summary>True for the same bytes under another path.</summary>
    public bool IsCopy { get; init; }

    /// <summary>The path that the list states.</summary>
    public string ListedPath => Defect switch
    {
        Defect.PathRefused => $"../{FileName}",
        Defect.Backslash => FileName.Replace('/', '\\'),
        Defect.Repacked => $"{Stem}.bmp",
        Defect.Thumbs => $"{Stem}/Thumbs.db",
        _ => FileName,
    };

    /// <summary>The path of the file, or null where there is none.</summary>
    public string? FilePath => Defect switch
    {
        Defect.MissingImage or Defect.PathRefused => null,
        Defect.Thumbs => $"{Stem}/Thumbs.db",
        _ => FileName,
    };

    private string FileName => Stem + Photographs.ExtensionOf(Format);

    private string Stem => FormattableString.Invariant($"{Index / ImagesOfAFolder:D3}/{Index:D7}{(IsCopy ? "-copy" : "")}");

    /// <summary>Plans the image of an index: a pure function of options and index, but for the turn of its defect.</summary>
    public static SynthImage Plan(
        SynthOptions options, IReadOnlyList<(Defect Defect, double Share)> single, int index, int mostFaces, ref int turns)
    {
        var random = RandomOf(options, index);
        var side = Photographs.Side(options, random);
        var defect = Defects.Of(options, single, random.NextDouble(), ref turns);
        var set = random.NextDouble() switch { < 0.8 => SynthSet.Training, < 0.9 => SynthSet.Validation, _ => SynthSet.Test };
        var two = random.Next(20) == 0 && mostFaces > 1 && defect == Defect.None && options.Layout != SynthLayout.Folders2021;
        if (options.Variety > 0) set = Cast.SetOf(options, index);
        var faces = SynthFace.Of(random, side, options.Noise, Photographs.FramingOf(options), Cast.On(options, index, two ? 2 : 1));

        // Defects are those of JPEG files.
        return new(index, side, faces, defect, set) { Format = defect == Defect.None ? Photographs.FormatOf(options, index) : PhotographFormat.Jpeg };
    }

    /// <summary>The file's bytes.</summary>
    public byte[] Draw(SynthOptions options, FacePainter painter)
    {
        if (Defect == Defect.EmptyImage) return [];
        if (Defect == Defect.Thumbs) return [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0, 0, 0];
        using var image = painter.Paint(RandomOf(options, ~Index), Side, Faces, Cast.LightOf(options, Index), Photographs.GrainOf(options, Side));
        if (Defect == Defect.WrongExtension) return image.ImEncode(".png");
        if (Format != PhotographFormat.Jpeg) return image.ImEncode(Photographs.ExtensionOf(Format));
        var jpeg = image.ImEncode(".jpg", new ImageEncodingParam(ImwriteFlags.JpegQuality, Photographs.QualityOf(options)));
        return Defect switch
        {
            Defect.Truncated => jpeg[..(jpeg.Length / 8)],
            Defect.Bomb => Enlarge(jpeg),
            _ => jpeg,
        };
    }

    private static Random RandomOf(SynthOptions options, int index) => new(unchecked((options.Seed * 1_000_003) + (index * 7_919)));

    // The header claims 65,000 x 65,000 pixels.
    private static byte[] Enlarge(byte[] jpeg)
    {
        var at = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        (jpeg[at + 5], jpeg[at + 6], jpeg[at + 7], jpeg[at + 8]) = (0xFD, 0xE8, 0xFD, 0xE8);
        return jpeg;
    }
}
