namespace EyeSlots.Benchmarks.PixelFuzz;

/// <summary>Numbers that sizes, strides and maps should not be.</summary>
internal static class Hostile
{
    private static readonly long[] Numbers =
        [0, 1, 2, 3, 7, 8, 16, -1, 255, 256, 32_766, 32_767, 37_838, 65_500, 65_535, 65_536, 1 << 28, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 40, long.MaxValue, long.MinValue];

    private static readonly double[] Reals =
        [0, 1, -1, 0.5, -0.0, 1e-300, 65_535, -65_535, 1e8, 1e9, -1e9, 1e18, 1e300, double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    /// <summary>One time in four a hostile number, else the given one.</summary>
    public static long Or(long sound, Random random) => random.Next(4) == 0 ? Numbers[random.Next(Numbers.Length)] : sound;

    /// <summary>One time in four a hostile number, else the given one.</summary>
    public static int Or(int sound, Random random) => unchecked((int)Or((long)sound, random));

    /// <summary>One time in eight a hostile number, else the given one.</summary>
    public static double Or(double sound, Random random) => random.Next(8) == 0 ? Reals[random.Next(Reals.Length)] : sound;
}
