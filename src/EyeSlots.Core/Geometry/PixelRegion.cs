using System.Globalization;

namespace EyeSlots.Core.Geometry;

/// <summary>A part of an image in whole pixels.</summary>
public readonly record struct PixelRegion(int X, int Y, int Width, int Height);

/// <summary>Width and height in whole pixels.</summary>
public readonly record struct PixelSize(int Width, int Height)
{
    /// <summary>Reads <c>128x48</c>; null where the text is no such size.</summary>
    public static PixelSize? Parse(string text) =>
        text.Split('x') is [var left, var right] && Side(left) is { } width && Side(right) is { } height ? new(width, height) : null;

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => FormattableString.Invariant($"{Width}x{Height}");

    private static int? Side(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var side) ? side : null;
}

/// <summary>A point in pixels; integer coordinates are pixel centres, y points down.</summary>
internal readonly record struct PointD(double X, double Y);
