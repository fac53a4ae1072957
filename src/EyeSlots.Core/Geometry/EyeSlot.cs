namespace EyeSlots.Core.Geometry;

/// <summary>A rectangle in the image around both eyes, eyebrows and the top of the nose. Integer coordinates are pixel centres.</summary>
/// <param name="CenterX">Pixels from the image's left.</param>
/// <param name="CenterY">Pixels from the image's top.</param>
/// <param name="Width">Extent along <paramref name="Direction"/>, after growing, in pixels.</param>
/// <param name="Height">Extent across, after growing, in pixels.</param>
/// <param name="Direction">From the slot's left to its right, as the face sees it: unit length.</param>
public readonly record struct EyeSlot(double CenterX, double CenterY, double Width, double Height, Direction Direction)
{
    /// <summary>Degrees, positive clockwise in the image (y down), in (-180, 180]. For people and for the column.</summary>
    public double Theta => Direction.Degrees;

    /// <summary>Pixels of a crop at unit scale: each extent rounded half away from zero, at least 1.</summary>
    public PixelSize CropSize => new(Pixels(Width), Pixels(Height));

    /// <summary>Maps the centre of a crop's pixel (i, j) to the image: unit scale, no half-pixel shift.</summary>
    public Affine CropToImage()
    {
        var (cos, sin) = Direction;
        var size = CropSize;
        var (halfX, halfY) = ((size.Width - 1) / 2.0, (size.Height - 1) / 2.0);
        return new(
            cos, -sin, CenterX - (cos * halfX) + (sin * halfY),
            sin, cos, CenterY - (sin * halfX) - (cos * halfY));
    }

    /// <summary>Share of the slot's area inside the image, [−0.5, W − 0.5] × [−0.5, H − 0.5]; 0 to 1.</summary>
    public double Coverage(int imageWidth, int imageHeight)
    {
        Span<PointD> corners = stackalloc PointD[SlotCorners.Room];
        SlotCorners.Of(this, corners);
        var inside = SlotCorners.Clip(corners, -0.5, -0.5, imageWidth - 0.5, imageHeight - 0.5);
        return Math.Clamp(SlotCorners.Area(corners[..inside]) / (Width * Height), 0, 1);
    }

    /// <summary>The smallest part of the image that holds every pixel the crop samples, with a rim, clipped to the image.</summary>
    /// <param name="imageWidth">Pixels.</param>
    /// <param name="imageHeight">Pixels.</param>
    /// <param name="padding">Pixels added on each side before clipping.</param>
    /// <returns>An empty region when nothing of the slot lies in the image.</returns>
    public PixelRegion SourceRegion(int imageWidth, int imageHeight, int padding)
    {
        Span<PointD> corners = stackalloc PointD[SlotCorners.Room];
        SlotCorners.Of(this, corners);
        var (low, high) = (new PointD(double.MaxValue, double.MaxValue), new PointD(double.MinValue, double.MinValue));
        foreach (var corner in corners[..4])
        {
            low = new(Math.Min(low.X, corner.X), Math.Min(low.Y, corner.Y));
            high = new(Math.Max(high.X, corner.X), Math.Max(high.Y, corner.Y));
        }

        // A crop rounded up samples up to half a pixel beyond the slot, and bilinear sampling one pixel beyond that.
        var (left, right) = Clip(low.X, high.X, imageWidth, padding + 2);
        var (top, bottom) = Clip(low.Y, high.Y, imageHeight, padding + 2);
        return right > left && bottom > top ? new(left, top, right - left, bottom - top) : default;
    }

    private static (int Low, int High) Clip(double low, double high, int size, int padding) =>
        ((int)Math.Clamp(Math.Floor(low) - padding, 0, size), (int)Math.Clamp(Math.Ceiling(high) + padding + 1, 0, size));

    private static int Pixels(double extent) => Math.Max(1, (int)Math.Round(extent, MidpointRounding.AwayFromZero));
}
