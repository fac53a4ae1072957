using System.Diagnostics;
using System.Runtime.InteropServices;
using EyeSlots.Core.Geometry;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Cropping;

/// <summary>
/// The sampler gives the same bytes on processors of other years: one without AVX2 takes the plain way, and no variable can pretend that,
/// since the sampler asks the processor itself.
/// </summary>
public sealed class SampledElsewhereTests
{
    [Theory]
    [InlineData("env")]
    [InlineData("qemu-x86_64 -cpu Nehalem")]
    [InlineData("qemu-x86_64 -cpu Haswell")]
    public void Sample_OnAnotherProcessor_GivesTheSameBytes(string processor)
    {
        var launcher = processor.Split(' ');
        using var folder = new TempFolder();
        var here = WriteCases(folder.At("cases"), LongRun.Count(60, 1000));
        Run("gcc", "-std=gnu11", "-O1", "-Wall", "-Werror", Path.Combine(AppContext.BaseDirectory, "sample_cases.c"), "-o", folder.At("program"));
        Run(launcher[0], [.. launcher[1..], folder.At("program"), Path.Combine(AppContext.BaseDirectory, "libeyeslots_pixels.so"), folder.At("cases"), folder.At("out")]);
        Assert.Equal(here, File.ReadAllBytes(folder.At("out")));
    }

    // Gives what this processor makes of them.
    private static byte[] WriteCases(string path, int count)
    {
        var random = new Random(31);
        using MemoryStream all = new();
        using var file = File.Create(path);
        for (var i = 0; i < count; i++)
        {
            PixelSize crop = new(random.Next(1, 400), random.Next(1, 160)), input = new(random.Next(1, 120), random.Next(1, 40));
            var (isGray, brightness) = (random.Next(3) == 0, 2 * random.NextDouble());
            var turn = new Affine(0.9 + random.NextDouble(), random.NextDouble() - 0.5, random.Next(-9, 9), random.NextDouble() - 0.5, 1, random.Next(-9, 9) + 0.3);
            var map = SampledExactly.Whole(crop, input).After(turn);
            var (bgr, sampled) = (new byte[3 * crop.Width * crop.Height], new byte[(isGray ? 1 : 3) * input.Width * input.Height]);
            random.NextBytes(bgr);
            PixelSampler.Sample(bgr, crop, map, brightness, isGray, input, sampled);
            all.Write(sampled);
            file.Write(MemoryMarshal.AsBytes((ReadOnlySpan<int>)[crop.Width, crop.Height, input.Width, input.Height, bgr.Length, sampled.Length]));
            file.Write(MemoryMarshal.AsBytes((ReadOnlySpan<Preprocessing.Decoding.Sampling>)[PixelSampler.SamplingOf(crop, map, brightness, isGray, input)]));
            file.Write(bgr);
        }

        return all.ToArray();
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}. {errors}");
    }
}
