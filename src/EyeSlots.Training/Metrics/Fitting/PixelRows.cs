namespace EyeSlots.Training.Metrics.Fitting;

/// <summary>Pixels as features, 0 to 255. They are kept as the bytes that they are: an eighth of what their numbers take.</summary>
/// <param name="most">Faces that there is room for.</param>
/// <param name="columns">Pixels of a face.</param>
internal sealed class PixelRows(int most, int columns) : FeatureRows
{
    private readonly byte[] pixels = new byte[most * columns];
    private int rows;

    public override int Rows => rows;

    public override int Columns => columns;

    /// <summary>Adds the pixels of a face.</summary>
    public void Add(ReadOnlySpan<byte> face) => face.CopyTo(pixels.AsSpan(rows++ * columns, columns));

    public override void CopyTo(int row, Span<double> features) => Widen(pixels.AsSpan(row * columns, columns), features);

    /// <summary>Pixels as the numbers that they are.</summary>
    public static void Widen(ReadOnlySpan<byte> pixels, Span<double> features)
    {
        for (var at = 0; at < pixels.Length; at++) features[at] = pixels[at];
    }
}
