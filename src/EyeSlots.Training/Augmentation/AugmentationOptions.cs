using EyeSlots.Core;

namespace EyeSlots.Training.Augmentation;

/// <summary>How much faces are altered while a network trains on them; 0 turns an augmentation off.</summary>
public sealed record AugmentationOptions
{
    /// <summary>Nothing is altered, as in evaluation.</summary>
    public static AugmentationOptions None { get; } =
        new() { Brightness = 0, Rotation = 0, Shear = 0, WidthShift = 0, HeightShift = 0, HorizontalFlip = 0, Cutout = 0 };

    /// <summary>Pixels are multiplied by 1 ± this, 0 to 1.</summary>
    public double Brightness { get; init; } = 0.2;

    /// <summary>Degrees ±, 0 to 180.</summary>
    public double Rotation { get; init; } = 5;

    /// <summary>Degrees ± by which columns lean, 0 to 45.</summary>
    public double Shear { get; init; } = 5;

    /// <summary>Share of the crop's width ±, 0 to 1.</summary>
    public double WidthShift { get; init; } = 0.05;

    /// <summary>Share of the crop's height ±, 0 to 1.</summary>
    public double HeightShift { get; init; } = 0.05;

    /// <summary>Probability, 0 to 1.</summary>
    public double HorizontalFlip { get; init; } = 0.5;

    /// <summary>Side of the square that is cut out as a share of the input's height, 0 to 1. Models bring their own default.</summary>
    public double Cutout { get; init; }

    /// <summary>Checks every value; returns this.</summary>
    /// <exception cref="EyeSlotsException">usage: says which option, what it may be and what it is.</exception>
    public AugmentationOptions Validated()
    {
        Require.Between("--brightness", Brightness, 0, 1);
        Require.Between("--rotation", Rotation, 0, 180);
        Require.Between("--shear", Shear, 0, 45);
        Require.Between("--width-shift", WidthShift, 0, 1);
        Require.Between("--height-shift", HeightShift, 0, 1);
        Require.Between("--horizontal-flip", HorizontalFlip, 0, 1);
        Require.Between("--cutout", Cutout, 0, 1);
        return this;
    }
}
