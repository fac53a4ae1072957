namespace EyeSlots.Core.Geometry;

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
