using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Preprocessing.Decoding;

namespace EyeSlots.Tests.Hostile;

/// <summary>
/// The child process: cuts hostile files, writes those that gave a crop to standard output together with the crop, and how all ended to
/// standard error. The number of the file in work stands in a file, for the case that the process does not come to its end.
/// </summary>
internal static class HostileChild
{
    /// <summary>The first argument.</summary>
    public const string Name = "hostile";

    /// <summary>As a user's run: --memory and what the program itself takes.</summary>
    private const long Memory = 512L << 20;
    private const int LongestSide = 160;

    /// <summary>Arguments: format, folder of valid files, seed, first number, count, file for the number in work.</summary>
    public static int Run(string[] args)
    {
        var files = new HostileFiles(args[0], args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
        var (first, count) = (long.Parse(args[3], CultureInfo.InvariantCulture), long.Parse(args[4], CultureInfo.InvariantCulture));
        using var gate = new MemoryGate(Memory);
        using var cropper = new SlotCropper(new JobParameters { Format = SlotFormat.Raw, Slot = new(GrowX: 0, GrowY: 0) }, gate);
        using var work = File.OpenHandle(args[5], FileMode.Create, FileAccess.Write);
        using var output = new BufferedStream(System.Console.OpenStandardOutput(), 1 << 20);
        var crop = new ArrayBufferWriter<byte>(1 << 20);
        SortedDictionary<string, int> ends = new(StringComparer.Ordinal);
        var name = new byte[20];
        for (var number = first; number < first + count; number++)
        {
            number.TryFormat(name, out var length, default, CultureInfo.InvariantCulture);
            RandomAccess.Write(work, name.AsSpan(0, length), 0);
            var end = Cut(files.Make(number), number, cropper, crop, output);
            ends[end] = ends.GetValueOrDefault(end) + 1;
        }

        foreach (var (end, times) in ends) System.Console.Error.WriteLine($"{times} {end}");
        System.Console.Error.WriteLine($"peak {PeakMegabytes()} MB");
        return 0;
    }

    private static string Cut(byte[] file, long number, SlotCropper cropper, ArrayBufferWriter<byte> crop, Stream output)
    {
        crop.ResetWrittenCount();
        HeaderReader.TryRead(file, out var header, out _);
        var random = new Random((int)number);
        var (width, height) = (Math.Clamp(header.Width, 1, LongestSide), Math.Clamp(header.Height, 1, LongestSide));
        var (x, y) = (random.Next(Math.Max(1, header.Width - width + 1)), random.Next(Math.Max(1, header.Height - height + 1)));
        var result = cropper.Crop(file, Eyes(x, y, width, height), crop);
        if (result.Rejection is { } why) return Shortened(why.Detail);
        if (crop.WrittenCount != 3 * width * height) throw new InvalidOperationException($"File {number}: the crop of {width} x {height} pixels has {crop.WrittenCount} bytes.");
        Span<byte> head = stackalloc byte[8 + (6 * 4)];
        BinaryPrimitives.WriteInt64LittleEndian(head, number);
        ReadOnlySpan<int> numbers = [x, y, width, height, file.Length, crop.WrittenCount];
        for (var i = 0; i < numbers.Length; i++) BinaryPrimitives.WriteInt32LittleEndian(head[(8 + (4 * i))..], numbers[i]);
        output.Write(head);
        output.Write(file);
        output.Write(crop.WrittenSpan);
        return "crop";
    }

    // An upright slot on whole pixels, so that the crop is that part of the image: its corners, and eyes beside each other.
    private static double[] Eyes(int x, int y, int width, int height)
    {
        var (left, top, right, bottom) = (x - 0.5, y - 0.5, x + width - 0.5, y + height - 0.5);
        double[] eyes = [left, top, right, top, right, bottom, left, bottom, .. new double[38]];
        for (var i = 4; i < 23; i++)
        {
            var share = i > 16 ? 0.75 : i > 10 ? 0.25 : 0.5;
            (eyes[2 * i], eyes[(2 * i) + 1]) = (left + (width * share), (top + bottom) / 2);
        }

        return eyes;
    }

    // Without the figures of one file, so that equal reasons are counted together.
    private static string Shortened(string why)
    {
        var text = string.Concat(why.Where(letter => !char.IsAsciiDigit(letter)));
        return text.Length > 90 ? text[..90] : text;
    }

    private static long PeakMegabytes()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(6).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture) / 1024;
    }
}
