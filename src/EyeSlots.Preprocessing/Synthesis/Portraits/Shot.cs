using EyeSlots.Core.Geometry;

namespace EyeSlots.Preprocessing.Synthesis.Portraits;

/// <summary>What differs between two photographs of one person.</summary>
/// <param name="GazeX">Where both eyes look, in half widths of an eye, to the image's right.</param>
/// <param name="GazeY">The same downwards, in openings of the upper lid.</param>
/// <param name="Squint">Scales the eyes' opening, 1 is usual.</param>
/// <param name="Yaw">The head's turn about its upright axis.</param>
/// <param name="Detector">Standard deviation of a landmark's error, as a share of the face's width.</param>
internal sealed record Shot(double GazeX, double GazeY, double Squint, Direction Yaw, double Detector)
{
    /// <summary>How fast a face falls back from its middle: depth = bend × x².</summary>
    private const double Bend = 0.8;

    public static Shot Draw(Traits traits) => new(
        traits.Around(0, 0.15), traits.Around(0, 0.1), traits.Around(1, 0.08), Direction.OfDegrees(traits.Around(0, 9)), traits.Variety * 0.007);

    /// <summary>Where a point at x of the face's frame shows once the head has turned.</summary>
    public double Turned(double x) => (Yaw.X * x) - (Yaw.Y * Bend * x * x);
}
