namespace EyeSlots.Training.Metrics;

/// <summary>What a slot's box tells without a pixel.</summary>
/// <param name="Width">Pixels of the image.</param>
/// <param name="Height">Pixels of the image.</param>
/// <param name="Theta">Degrees in (-180, 180].</param>
internal readonly record struct BoxGeometry(double Width, double Height, double Theta)
{
    /// <summary>Names of the features.</summary>
    public static readonly IReadOnlyList<string> Features = ["aspect", "aspect²", "aspect³", "width", "height", "θ"];

    /// <summary>Writes the features; a box that is lower than a pixel counts as one pixel high.</summary>
    public void CopyTo(Span<double> features)
    {
        var aspect = Width / Math.Max(Height, 1);
        (features[0], features[1], features[2]) = (aspect, aspect * aspect, aspect * aspect * aspect);
        (features[3], features[4], features[5]) = (Width, Height, Theta);
    }
}
