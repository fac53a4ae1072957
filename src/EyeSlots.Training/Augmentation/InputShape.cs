using EyeSlots.Core;
using EyeSlots.Core.Geometry;
using EyeSlots.Preprocessing.Cropping;

namespace EyeSlots.Training.Augmentation;

/// <summary>What a network takes of a face: height x width x channels bytes, row by row, red before green before blue, or gray alone.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Gray">One channel instead of three.</param>
public readonly record struct InputShape(int Width, int Height, bool Gray)
{
    private const int ShortestSide = 8;

    /// <summary>96 x 32 in colours.</summary>
    public static InputShape Default { get; } = new(96, 32, false);

    /// <summary>Bytes of a pixel: 3, or 1 for gray.</summary>
    public int Channels => Gray ? 1 : 3;

    /// <summary>Bytes of a face.</summary>
    public int Bytes => Width * Height * Channels;

    /// <summary>Width and height.</summary>
    public PixelSize Size => new(Width, Height);

    /// <summary>Reads <c>96x32</c>, in colours; null where the text is no such size.</summary>
    public static InputShape? Parse(string text) => PixelSize.Parse(text) is { } size ? new(size.Width, size.Height, false) : null;

    /// <summary>Checks the sides, 8 to 1024 each; returns this.</summary>
    /// <exception cref="EyeSlotsException">usage: says which values are allowed.</exception>
    public InputShape Validated()
    {
        Require.Between("A side of --size", Width, ShortestSide, PixelSampler.LongestInputSide);
        Require.Between("A side of --size", Height, ShortestSide, PixelSampler.LongestInputSide);
        return this;
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => Size.ToString();
}
