namespace EyeSlots.Core.Geometry;

/// <summary>
/// The 23 of the 68 iBUG landmarks that make an eye slot, in this order: eyebrows 17-26, nose bridge 27, eyes 36-47.
/// Held as 46 numbers x, y, x, y, … in pixels of the stored image.
/// </summary>
public static class EyeLandmarks
{
    /// <summary>Numbers of a complete landmark set: 68 points.</summary>
    public const int AllCoordinates = 136;

    /// <summary>Points that make a slot.</summary>
    public const int Points = 23;

    /// <summary>Numbers that make a slot.</summary>
    public const int Coordinates = 2 * Points;

    /// <summary>The first point, among the 23, of the eye that is left in an upright image (36-41).</summary>
    public const int FirstEye = 11;

    /// <summary>The first point, among the 23, of the other eye (42-47).</summary>
    public const int SecondEye = 17;

    /// <summary>Copies the 23 points out of all 68.</summary>
    /// <param name="landmarks">136 numbers x, y, x, y, …</param>
    /// <param name="eyes">Room for 46 numbers.</param>
    public static void Select(ReadOnlySpan<double> landmarks, Span<double> eyes)
    {
        landmarks[(2 * 17)..(2 * 28)].CopyTo(eyes);
        landmarks[(2 * 36)..(2 * 48)].CopyTo(eyes[(2 * FirstEye)..]);
    }
}
