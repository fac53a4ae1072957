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
/// <param name="GrowX">Share added to the extent along θ, 0 to 10.</param>
/// <param name="GrowY">Share added to the extent across, 0 to 10.</param>
public sealed record SlotOptions(AngleMode Angle = AngleMode.MinArea, double GrowX = 0.10, double GrowY = 0.25)
{
    /// <summary>Checks every value.</summary>
    /// <exception cref="EyeSlotsException">usage: says which option, what it may be and what it is.</exception>
    public void Validate()
    {
        Require.Defined("--angle", Angle);
        Require.Between("--grow-x", GrowX, 0, 10);
        Require.Between("--grow-y", GrowY, 0, 10);
    }
}
