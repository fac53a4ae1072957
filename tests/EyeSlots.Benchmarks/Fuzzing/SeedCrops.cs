using System.Buffers;
using EyeSlots.Core.Planning;
using EyeSlots.Preprocessing.Cropping;

namespace EyeSlots.Benchmarks.Fuzzing;

/// <summary>A crop as the product encodes it.</summary>
internal readonly record struct SeedCrop(byte[] Bytes, int Width, int Height);

/// <summary>Crops of several sizes, of noise and of plain colour.</summary>
internal static class SeedCrops
{
    private static readonly (int Width, int Height)[] Sizes = [(1, 1), (16, 16), (33, 17), (96, 32), (64, 9)];

    /// <summary>The crops in a format.</summary>
    public static SeedCrop[] Of(SlotFormat format) => [.. Sizes.Select((size, at) => Encode(format, size.Width, size.Height, at))];

    private static SeedCrop Encode(SlotFormat format, int width, int height, int seed)
    {
        var pixels = new byte[3 * width * height];
        if (seed % 2 == 0) new Random(seed).NextBytes(pixels);
        else Array.Fill(pixels, (byte)(40 * seed));
        var output = new ArrayBufferWriter<byte>();
        SlotEncoder.Encode(new(pixels, new(width, height)), format, 90, output);
        return new(output.WrittenSpan.ToArray(), width, height);
    }
}
