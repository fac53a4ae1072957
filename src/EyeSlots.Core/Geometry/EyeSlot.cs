namespace EyeSlots.Core.Geometry;

/// <summary>A rectangle in the image around both eyes, eyebrows and the top of the nose. Integer coordinates are pixel centres.</summary>
/// <param name="CenterX">Pixels from the image's left.</param>
/// <param name="CenterY">Pixels from the image's top.</param>
/// <param name="Width">Extent along <paramref name="Theta"/>, after growing, in pixels.</param>
/// <param name="Height">Extent across, after growing, in pixels.</param>
/// <param name="Theta">Degrees, positive clockwise in the image (y down), in (-180, 180].</param>
public readonly record struct EyeSlot(double CenterX, double CenterY, double Width, double Height, double Theta);

/// <summary>A part of an image in whole pixels.</summary>
public readonly record struct PixelRegion(int X, int Y, int Width, int Height);

/// <summary>How the direction of a slot is found.</summary>
public enum AngleMode
{
    /// <summary>The minimum-area rectangle of the 23 points.</summary>
    MinArea,

    /// <summary>The line between the eye centres.</summary>
    EyeLine,
}

/// <summary>What decides the geometry of a slot.</summary>
/// <param name="Angle">How the direction is found.</param>
/// <param name="GrowX">Share added to the extent along θ.</param>
/// <param name="GrowY">Share added to the extent across.</param>
public sealed record SlotOptions(AngleMode Angle = AngleMode.MinArea, double GrowX = 0.10, double GrowY = 0.25);
