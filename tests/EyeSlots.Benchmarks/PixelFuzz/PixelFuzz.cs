using System.Buffers;
using EyeSlots.Benchmarks.Fuzzing;
using EyeSlots.Core.Planning;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Preprocessing.Decoding;

namespace EyeSlots.Benchmarks.PixelFuzz;

/// <summary>
/// Calls every function of the native part with hostile files, sizes, strides, maps and lengths, on memory whose neighbours nobody may
/// touch, and the managed ways to them. Whatever is not a status or a typed refusal ends the process with the case's number.
/// </summary>
internal sealed class PixelFuzz : IDisposable
{
    private const int Room = 256 << 10;

    private readonly byte[][] seeds = JpegSeeds.Make(), others = OtherSeeds.Make();
    private readonly GuardedMemory input = new(Room), output = new(Room), words = new(4096);
    private readonly RegionDecoder decoder = new();
    private readonly SlotDecoder slots = new();
    private readonly MemoryGate gate = new(64 << 20);
    private readonly SlotCropper cropper;
    private readonly ArrayBufferWriter<byte> crop = new(1 << 20);

    private readonly SampleFuzz sampler;

    private PixelFuzz()
    {
        cropper = new(new JobParameters { MaxPixels = 4_000_000, MinCoverage = 0 }, gate);
        sampler = new(input, output);
    }

    /// <summary>Runs so many cases.</summary>
    public static async Task<int> RunAsync(int count, int seed)
    {
        using var fuzz = new PixelFuzz();
        return await FuzzCases.RunAsync(count, seed, (_, random) => ValueTask.FromResult(fuzz.Once(random)));
    }

    public void Dispose()
    {
        cropper.Dispose();
        gate.Dispose();
        slots.Dispose();
        decoder.Dispose();
        words.Dispose();
        output.Dispose();
        input.Dispose();
    }

    private string Once(Random random) => random.Next(7) switch
    {
        0 => $"decode {Decode(random)}",
        1 => $"encode {Encode(random)}",
        2 => $"warp {Warp(random)}",
        3 => Slot(random) ? "slot read" : "slot refused",
        4 => DecodeOther(random),
        5 => $"sample {sampler.Once(random)}",
        _ => Crop(random),
    };

    private Span<byte> File(Random random) => File(seeds, random);

    private Span<byte> File(byte[][] sound, Random random)
    {
        var file = JpegSeeds.Mutate(sound[random.Next(sound.Length)], random);
        return input.Copy(file.AsSpan(0, Math.Min(file.Length, input.Capacity)), random.Next(4) > 0);
    }

    private unsafe PixelStatus Decode(Random random)
    {
        var file = File(random);
        var (x, y, width, height) = (random.Next(60), random.Next(50), random.Next(1, 60), random.Next(1, 40));
        var area = stackalloc[] { Hostile.Or(x, random), Hostile.Or(y, random), Hostile.Or(width, random), Hostile.Or(height, random) };
        var pixels = output.Take(Length(3 * width * height, random), random.Next(4) > 0);
        var corners = stackalloc double[8];
        for (var i = 0; i < 8; i++) corners[i] = Hostile.Or(random.NextDouble() * 90, random);
        var limits = new DecodeLimits(random.Next(8) == 0 ? Hostile.Or(1L << 20, random) : 4 << 20, Hostile.Or(500, random));
        var message = words.Take(random.Next(8) == 0 ? random.Next(PixelLibrary.MessageBytes) : PixelLibrary.MessageBytes, true);
        var whole = random.Next(2) == 0 ? file.Length : Hostile.Or(file.Length + (long)random.Next(5000), random);
        nuint used;
        fixed (byte* data = file, target = pixels, text = message)
        {
            return PixelLibrary.DecodeRegion(
                decoder, data, (nuint)file.Length, (nuint)whole, area, random.Next(2) == 0 ? corners : null, &limits, target, (nuint)pixels.Length, &used, text, (nuint)message.Length);
        }
    }

    // PNG and TIFF, told of the image that our own header parsers have read or of another.
    private unsafe string DecodeOther(Random random)
    {
        var file = File(others, random);
        HeaderReader.TryRead(file, out var header, out _);
        var isTiff = header.Format == ImageFormat.Tiff || random.Next(20) == 0;
        var (imageWidth, imageHeight) = (Hostile.Or(header.Width, random), Hostile.Or(header.Height, random));
        var (x, y, width, height) = (Hostile.Or(random.Next(30), random), Hostile.Or(random.Next(30), random), random.Next(1, 60), random.Next(1, 40));
        var pixels = output.Take(Length(3 * width * height, random), random.Next(4) > 0);
        var message = words.Take(random.Next(8) == 0 ? random.Next(PixelLibrary.MessageBytes) : PixelLibrary.MessageBytes, true);
        fixed (byte* data = file, target = pixels, text = message)
        {
            return isTiff
                ? $"tiff {PixelLibrary.DecodeTiff(data, (nuint)file.Length, imageWidth, imageHeight, Hostile.Or(header.Block.Width, random), Hostile.Or(header.Block.Height, random), x, y, Hostile.Or(width, random), Hostile.Or(height, random), target, (nuint)pixels.Length, Hostile.Or(1L << 22, random), text, (nuint)message.Length)}"
                : $"png {PixelLibrary.DecodePng(data, (nuint)file.Length, imageWidth, imageHeight, x, y, Hostile.Or(width, random), Hostile.Or(height, random), target, (nuint)pixels.Length, text, (nuint)message.Length)}";
        }
    }

    private unsafe PixelStatus Encode(Random random)
    {
        var (width, height, gap) = (random.Next(1, 90), random.Next(1, 60), random.Next(2) * random.Next(9));
        var pixels = input.Take(Length((((3 * width) + gap) * (height - 1)) + (3 * width), random), random.Next(4) > 0);
        random.NextBytes(pixels);
        var target = output.Take(random.Next(3) == 0 ? random.Next(2000) : (6 * width * height) + 4096, true);
        nuint written;
        fixed (byte* from = pixels, to = target)
        {
            var status = PixelLibrary.EncodeJpeg(
                from, (nuint)pixels.Length, Hostile.Or(width, random), Hostile.Or(height, random), Hostile.Or((3L * width) + gap, random), Hostile.Or(random.Next(1, 101), random),
                to, (nuint)target.Length, &written);
            if (written > (nuint)target.Length) throw new InvalidOperationException($"{written} bytes were written into {target.Length}.");
            return status;
        }
    }

    private unsafe PixelStatus Warp(Random random)
    {
        var (width, height, gap) = (random.Next(1, 90), random.Next(1, 60), random.Next(2) * random.Next(9));
        var (cropWidth, cropHeight) = (random.Next(1, 90), random.Next(1, 60));
        var source = input.Take(Length((((3 * width) + gap) * (height - 1)) + (3 * width) + (random.Next(2) * 2), random), random.Next(4) > 0);
        var target = output.Take(Length(3 * cropWidth * cropHeight, random), random.Next(4) > 0);
        var map = stackalloc double[6];
        for (var i = 0; i < 6; i++) map[i] = Hostile.Or(i % 3 == 2 ? (random.NextDouble() * 120) - 30 : (random.NextDouble() * 2) - 1, random);
        fixed (byte* from = source, to = target)
        {
            return PixelLibrary.Warp(
                from, (nuint)source.Length, Hostile.Or(width, random), Hostile.Or(height, random), Hostile.Or((3L * width) + gap, random), map,
                to, (nuint)target.Length, Hostile.Or(cropWidth, random), Hostile.Or(cropHeight, random));
        }
    }

    private bool Slot(Random random)
    {
        var file = File(random);
        HeaderReader.TryRead(file, out var header, out _);
        return slots.ToBgr(file, (SlotFormat)random.Next(3), Hostile.Or(header.Width, random), Hostile.Or(header.Height, random)) is not null;
    }

    private string Crop(Random random)
    {
        var (x, y, width) = (random.NextDouble() * 90, random.NextDouble() * 70, 10 + (random.NextDouble() * 60));
        double[] eyes = [.. Enumerable.Range(0, 23).SelectMany(i => new[] { x + (width * i / 22), y + (i < 11 ? -5 : 6) + (i % 3) })];
        if (random.Next(8) == 0) eyes[random.Next(eyes.Length)] = Hostile.Or(eyes[0], random);
        crop.ResetWrittenCount();
        var file = File(random.Next(3) == 0 ? others : seeds, random);
        var result = random.Next(2) == 0 ? cropper.Crop(file, eyes, crop) : cropper.Crop(file, file.Length + random.Next(2000), eyes, crop);
        return result.RanOut ? "crop ran out" : result.Rejection is { } why ? $"crop {why.Code}" : "crop";
    }

    private static int Length(int sound, Random random) => random.Next(8) == 0 ? random.Next(sound + 1) : sound;
}
