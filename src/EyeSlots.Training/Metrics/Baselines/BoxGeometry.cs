using EyeSlots.Core.Shards;

namespace EyeSlots.Training.Metrics.Baselines;

/// <summary>What a slot's box tells without a pixel.</summary>
/// <param name="Width">Pixels of the image.</param>
/// <param name="Height">Pixels of the image.</param>
/// <param name="Theta">Degrees in (-180, 180].</param>
internal readonly record struct BoxGeometry(double Width, double Height, double Theta)
{
    /// <summary>Names of the features.</summary>
    public static readonly IReadOnlyList<string> Features = ["aspect", "aspect²", "aspect³", "width", "height", "θ"];

    /// <summary>Whether a slot can have such a box; rows may say anything.</summary>
    public bool IsSound => Width is >= 0 and < MostPixels && Height is >= 0 and < MostPixels && Theta is > -180 and <= 180 && Width + Height > 0;

    // Far more than any image has, and small enough for its cube.
    private const double MostPixels = 1e9;

    /// <summary>The boxes of a row group that was opened for their columns.</summary>
    public static IEnumerable<BoxGeometry> Read(ShardRowGroup group)
    {
        var (widths, heights, angles) = (group.Read(ShardColumns.BoxWidth), group.Read(ShardColumns.BoxHeight), group.Read(ShardColumns.Theta));
        return Enumerable.Range(0, group.RowCount).Select(row => new BoxGeometry(widths[row], heights[row], angles[row]));
    }

    /// <summary>Writes the features; a box that is lower than a pixel counts as one pixel high.</summary>
    public void CopyTo(Span<double> features)
    {
        var aspect = Width / Math.Max(Height, 1);
        (features[0], features[1], features[2]) = (aspect, aspect * aspect, aspect * aspect * aspect);
        (features[3], features[4], features[5]) = (Width, Height, Theta);
    }
}
