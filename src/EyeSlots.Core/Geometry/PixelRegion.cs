namespace EyeSlots.Core.Geometry;

/// <summary>A part of an image in whole pixels.</summary>
public readonly record struct PixelRegion(int X, int Y, int Width, int Height);

/// <summary>Width and height in whole pixels.</summary>
public readonly record struct PixelSize(int Width, int Height);

/// <summary>A point in pixels; integer coordinates are pixel centres, y points down.</summary>
internal readonly record struct PointD(double X, double Y);
