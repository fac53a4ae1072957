using EyeSlots.Core.Geometry;
using EyeSlots.Preprocessing.Cropping;

namespace EyeSlots.Tests.Cropping;

/// <summary>The warp beside its formula in whole numbers, bit for bit, and beside exact interpolation.</summary>
public sealed class PixelWarpTests
{
    private const int Width = 120, Height = 90, Steps = 64;
    private static readonly byte[] Source = DrawnPixels.Bgr(Width, Height);

    [Fact]
    public void Warp_AnySlot_HasTheBytesOfTheWrittenFormula()
    {
        var random = new Random(11);
        for (var i = 0; i < LongRun.Count(300, 5000); i++)
        {
            var map = Map(random);
            var (width, height) = (random.Next(1, 80), random.Next(1, 40));
            var warped = Warp(map, width, height);
            for (var at = 0; at < width * height; at++) Assert.Equal(Formula(map, at % width, at / width), warped.AsSpan(3 * at, 3).ToArray());
        }
    }

    [Fact]
    public void Warp_SlotInsideASmoothImage_IsWithinRoundingOfExactInterpolation()
    {
        var smooth = new byte[Source.Length];
        for (var at = 0; at < smooth.Length; at++) smooth[at] = (byte)(20 + (at / 3 % Width) + (at / 3 / Width));
        var map = new Affine(Math.Cos(0.3), -Math.Sin(0.3), 40.3, Math.Sin(0.3), Math.Cos(0.3), 20.7);
        var warped = Warp(map, 50, 30, smooth);
        for (var at = 0; at < 50 * 30; at++)
        {
            var (i, j) = (at % 50, at / 50);
            var exact = 20 + (map.M11 * i) + (map.M12 * j) + map.Dx + (map.M21 * i) + (map.M22 * j) + map.Dy;
            Assert.InRange(warped[3 * at] - exact, -0.53, 0.53);
        }
    }

    [Fact]
    public void Warp_MemoryBehindTheSource_ChangesNothing()
    {
        var random = new Random(12);
        byte[] longer = [.. Source, .. Enumerable.Repeat((byte)255, 16)];
        for (var i = 0; i < 200; i++)
        {
            var map = Map(random);
            Assert.Equal(Warp(map, 60, 30), Warp(map, 60, 30, longer));
        }
    }

    [Fact]
    public void Warp_StepsBeyondAnyImage_AreOutside()
    {
        foreach (var step in (double[])[1e300, -1e300, double.PositiveInfinity, double.NegativeInfinity])
        {
            var warped = Warp(new(step, 0, 5, step, 1, 5), 65_535, 1);
            Assert.All(warped[3..], value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void Warp_WritesNoByteBehindTheCrop()
    {
        var room = Enumerable.Repeat((byte)77, (3 * 20 * 10) + 8).ToArray();
        Warp(new(1, 0, 5, 0, 1, 5), 20, 10, Source, room);
        Assert.All(room[(3 * 20 * 10)..], value => Assert.Equal(77, value));
    }

    [Fact]
    public void Warp_FarOutside_IsBlack() => Assert.All(Warp(new(1, 0, 5e9, 0, 1, -5e9), 40, 20), value => Assert.Equal(0, value));

    private static Affine Map(Random random)
    {
        var (sin, cos) = Math.SinCos(random.NextDouble() * 2 * Math.PI);
        return new(cos, -sin, (random.NextDouble() * (Width + 40)) - 20, sin, cos, (random.NextDouble() * (Height + 40)) - 20);
    }

    private static byte[] Formula(Affine map, int i, int j)
    {
        var x = Fixed((map.M12 * j) + map.Dx) + (i * Fixed(map.M11)) + (1L << 25);
        var y = Fixed((map.M22 * j) + map.Dy) + (i * Fixed(map.M21)) + (1L << 25);
        var (column, row, fx, fy) = (x >> 32, y >> 32, (x >> 26) & (Steps - 1), (y >> 26) & (Steps - 1));
        var pixel = new byte[3];
        for (var c = 0; c < 3; c++)
        {
            long At(long dx, long dy) => column + dx is >= 0 and < Width && row + dy is >= 0 and < Height ? Source[(3 * (((row + dy) * Width) + column + dx)) + c] : 0;
            var above = (At(0, 0) * (Steps - fx)) + (At(1, 0) * fx);
            var below = (At(0, 1) * (Steps - fx)) + (At(1, 1) * fx);
            pixel[c] = (byte)(((above * (Steps - fy)) + (below * fy) + (Steps * Steps / 2)) >> 12);
        }

        return pixel;
    }

    private static long Fixed(double pixels) => (long)Math.Floor((pixels * 4294967296.0) + 0.5);

    private static byte[] Warp(Affine map, int width, int height, byte[]? source = null, byte[]? room = null)
    {
        room ??= new byte[3 * width * height];
        PixelWarp.Warp(new(source ?? Source, new(Width, Height)), map, new(room, new(width, height)));
        return room;
    }
}
