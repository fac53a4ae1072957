namespace EyeSlots.Benchmarks.Fuzzing;

/// <summary>Values that programs trip over.</summary>
internal static class HostileValues
{
    private static readonly long[] Numbers =
    [
        0, 1, -1, 2, 7, 127, 128, 255, 256, 257, 32_767, 37_838, 65_500, 65_535, 65_536, 100_000_001, (1L << 28) - 1, int.MaxValue - 8L, int.MaxValue, int.MinValue,
        uint.MaxValue, 1L << 40, long.MaxValue, long.MinValue,
    ];

    private static readonly double[] Reals =
        [0, -0.0, 1, -1, -2, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.Epsilon, 180, -180, 1e-300, 1e18, float.MaxValue];

    private static readonly string[] Texts =
    [
        "", "\0", "training", "../../../etc/passwd", "/", "a\nb", "[red]", "😀.jpg", "\ud800", "image-unknown", new string('x', 70_000), "C:\\x", "%s%n", "__proto__",
        new string('a', 64), new string('A', 64),
    ];

    public static long Number(Random random) => random.Next(4) == 0 ? random.NextInt64() >> random.Next(64) : Numbers[random.Next(Numbers.Length)];

    public static int Int32(Random random) => unchecked((int)Number(random));

    public static double Real(Random random) => random.Next(4) == 0 ? BitConverter.Int64BitsToDouble(random.NextInt64()) : Reals[random.Next(Reals.Length)];

    public static string Text(Random random) => Texts[random.Next(Texts.Length)];
}
