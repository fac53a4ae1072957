using System.CommandLine;
using EyeSlots.Core.Storage;
using EyeSlots.Training.Augmentation;

namespace EyeSlots.Trainer.Commands;

/// <summary>The part of a command line that says how much faces are altered; 0 turns one off.</summary>
internal static class AugmentationLine
{
    private static readonly AugmentationOptions Defaults = new();
    private static readonly Option<double> Brightness = Of("--brightness", "Pixels are multiplied by 1 ± this", "SHARE", Defaults.Brightness);
    private static readonly Option<double> Rotation = Of("--rotation", "Turned by ± degrees", "DEGREES", Defaults.Rotation);
    private static readonly Option<double> Shear = Of("--shear", "Sheared by ± degrees", "DEGREES", Defaults.Shear);
    private static readonly Option<double> WidthShift = Of("--width-shift", "Moved along by ± a share of the crop's width", "SHARE", Defaults.WidthShift);
    private static readonly Option<double> HeightShift = Of("--height-shift", "Moved across by ± a share of the crop's height", "SHARE", Defaults.HeightShift);
    private static readonly Option<double> HorizontalFlip = Of("--horizontal-flip", "Probability of a mirrored face", "SHARE", Defaults.HorizontalFlip);

    private static readonly Option<double?> CutoutSide = new("--cutout") { Description = "Side of the square that is cut out, as a share of the input's height; the model's own when left out", HelpName = "SHARE" };

    private static readonly Option<string?> Show = new("--show") { Description = "Draw some faces as they are and as the first nine epochs will see them, and train nothing", HelpName = "FILE.png" };

    public static IReadOnlyList<Option> Options { get; } = [Brightness, Rotation, Shear, WidthShift, HeightShift, HorizontalFlip, CutoutSide, Show];

    /// <summary>The picture to draw instead of training, or null.</summary>
    public static string? PictureOf(ParseResult parsed) => parsed.GetValue(Show) is { } file ? StorageAddress.ParseLocal(file) : null;

    public static AugmentationOptions Of(ParseResult parsed) => new()
    {
        Brightness = parsed.GetValue(Brightness), Rotation = parsed.GetValue(Rotation), Shear = parsed.GetValue(Shear),
        WidthShift = parsed.GetValue(WidthShift), HeightShift = parsed.GetValue(HeightShift), HorizontalFlip = parsed.GetValue(HorizontalFlip),
    };

    /// <summary>Null where it is the model's own.</summary>
    public static double? CutoutOf(ParseResult parsed) => parsed.GetValue(CutoutSide);

    private static Option<double> Of(string name, string description, string value, double usual) => new(name) { Description = description, HelpName = value, DefaultValueFactory = _ => usual };
}
