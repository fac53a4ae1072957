using EyeSlots.Core.Geometry;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Preprocessing.Decoding;

namespace EyeSlots.Benchmarks.PixelFuzz;

/// <summary>Calls the sampler with hostile sizes, lengths, steps and maps, on memory whose neighbours nobody may touch.</summary>
internal sealed unsafe class SampleFuzz(GuardedMemory input, GuardedMemory output)
{
    private const double Unit = 1L << 32;

    /// <summary>Says how the call ended. Every other case has sound numbers, and a length at most that is not.</summary>
    public string Once(Random random)
    {
        PixelSize crop = new(random.Next(1, 120), random.Next(1, 70)), size = new(random.Next(1, 110), random.Next(1, 50));
        var isGray = random.Next(3) == 0;
        var from = input.Take(Length(3 * crop.Width * crop.Height, random), random.Next(4) > 0);
        var to = output.Take(Length((isGray ? 1 : 3) * size.Width * size.Height, random), random.Next(4) > 0);
        random.NextBytes(from);
        var numbers = new Numbers(random, random.Next(2) == 0);
        (crop, size) = (new(numbers.Of(crop.Width), numbers.Of(crop.Height)), new(numbers.Of(size.Width), numbers.Of(size.Height)));
        return random.Next(2) == 0 ? $"{Raw(from, crop, to, size, isGray, numbers)}" : Managed(from, crop, to, size, isGray, numbers);
    }

    // Past the checks of the managed side.
    private static PixelStatus Raw(Span<byte> from, PixelSize crop, Span<byte> to, PixelSize size, bool isGray, Numbers numbers)
    {
        var sampling = new Sampling(
            numbers.Step(120), numbers.Step(3), numbers.Step(3), numbers.Step(120), numbers.Step(3), numbers.Step(3), numbers.Of(numbers.Taps()), numbers.Of(numbers.Taps()),
            (uint)numbers.Of(1 << 27), numbers.Of(isGray ? 1 : 0));
        fixed (byte* source = from, target = to)
        {
            return PixelLibrary.Sample(source, (nuint)from.Length, crop.Width, crop.Height, &sampling, target, (nuint)to.Length, size.Width, size.Height);
        }
    }

    private static string Managed(Span<byte> from, PixelSize crop, Span<byte> to, PixelSize size, bool isGray, Numbers numbers)
    {
        try
        {
            var map = new Affine(numbers.Real(3), numbers.Real(3), numbers.Real(120), numbers.Real(3), numbers.Real(3), numbers.Real(120));
            PixelSampler.Sample(from, crop, map, Math.Abs(numbers.Real(PixelSampler.MostBrightness)), isGray, size, to);
            return "done";
        }
        catch (ArgumentException)
        {
            return "refused";
        }
    }

    private static int Length(int sound, Random random) => random.Next(8) == 0 ? random.Next(sound + 1) : sound;

    /// <summary>Sound numbers, or some of them hostile.</summary>
    private sealed class Numbers(Random random, bool areHostile)
    {
        public int Of(int sound) => areHostile ? Hostile.Or(sound, random) : sound;

        public int Taps() => random.Next(1, PixelSampler.MostTaps + 1);

        public double Real(double most)
        {
            var sound = ((2 * random.NextDouble()) - 1) * most;
            return areHostile ? Hostile.Or(sound, random) : sound;
        }

        public long Step(double most)
        {
            var sound = (long)(((2 * random.NextDouble()) - 1) * most * Unit);
            return areHostile ? Hostile.Or(sound, random) : sound;
        }
    }
}
