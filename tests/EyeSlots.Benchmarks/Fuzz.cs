using System.Buffers;
using System.Text;
using EyeSlots.Benchmarks.Fuzzing;
using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Preprocessing.Decoding;
using EyeSlots.Tests.Cropping;
using OpenCvSharp;

namespace EyeSlots.Benchmarks;

/// <summary>Mutates images and lists and reads them. Whatever is not a typed refusal ends the process with the case's number.</summary>
internal static class Fuzz
{
    private const int RowsOfAList = 20;
    private static readonly JobParameters Parameters = new() { MaxPixels = 4_000_000 };
    private static readonly double[] Eyes = [.. Enumerable.Range(0, 23).SelectMany(i => new[] { 20.0 + (3 * i), (i < 11 ? 40.0 : 52.0) + (i % 3) })];

    public static async Task<int> RunAsync(int count, int seed)
    {
        var (seeds, list) = (Images(), List());
        using var gate = new MemoryGate(64 << 20);
        using var cropper = new SlotCropper(Parameters, gate);
        using var starts = new StartComparison(Parameters, gate.Bytes);
        var code = await FuzzCases.RunAsync(
            count, seed,
            async (number, random) =>
            {
                if (number == count / 2) Console.WriteLine(Resident(number));
                var which = random.Next(seeds.Length + 1);
                return which < seeds.Length ? Crop(Mutate(seeds[which], random), cropper, starts) : await ReadAsync(Mutate(list, random));
            });
        Console.WriteLine(Resident(count));
        Console.WriteLine($"starts: crop {starts.Crops}, ran out {starts.RanOut}");
        return code;
    }

    private static string Resident(int cases) => FormattableString.Invariant($"after {cases}: resident {ResidentMegabytes():F1} MB");

    private static string Crop(byte[] file, SlotCropper cropper, StartComparison starts)
    {
        // A start is drawn from the file itself, so that a case stays what it was.
        var random = new Random(file.Length);
        starts.Compare(file, Eyes, whole => [.. new[] { (int)whole.BytesNeeded, random.Next(file.Length), random.Next(file.Length) }.Where(length => length < file.Length).Order()]);
        return cropper.Crop(file, Eyes, new ArrayBufferWriter<byte>()).Rejection?.Code.Text() ?? "crop";
    }

    private static async Task<string> ReadAsync(byte[] list)
    {
        try
        {
            var rows = await CountAsync(list);
            return rows == RowsOfAList ? "list whole" : "list shorter or longer";
        }
        catch (EyeSlotsException error)
        {
            return error.Code;
        }
    }

    private static async Task<int> CountAsync(byte[] list)
    {
        await using var reader = await CsvAnnotationReader.OpenAsync("fuzz", new MemoryStream(list), CancellationToken.None);
        var (batch, rows) = (new AnnotationBatch(), 0);
        while (await reader.ReadAsync(batch, CancellationToken.None))
        {
            foreach (var row in batch.Rows) _ = row.Defect; // asking for it reads the landmarks
            rows += batch.Count;
        }

        return rows;
    }

    private static byte[] Mutate(byte[] file, Random random)
    {
        var bytes = (byte[])file.Clone();
        for (var change = random.Next(1, 9); change > 0; change--)
        {
            // Headers are where decoders break, so half of the changes hit the first 600 bytes.
            var at = random.Next(random.Next(2) == 0 ? Math.Min(600, bytes.Length) : bytes.Length);
            switch (random.Next(6))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes[at] = random.Next(2) == 0 ? (byte)0xFF : (byte)0; break;
                case 3: bytes = bytes[..Math.Max(1, at)]; break;
                case 4: bytes = [.. bytes[..at], .. bytes[random.Next(at + 1)..]]; break;
                default: random.NextBytes(bytes.AsSpan(at, Math.Min(bytes.Length - at, random.Next(1, 16)))); break;
            }

            if (bytes.Length > 2 * file.Length) bytes = bytes[..file.Length];
        }

        return bytes;
    }

    private static byte[][] Images()
    {
        using var noise = new Mat(110, 120, MatType.CV_8UC3);
        Cv2.Randu(noise, new Scalar(30, 30, 30), new Scalar(220, 220, 220));
        using var image = noise.GaussianBlur(new Size(7, 7), 2);
        using var gray = image.CvtColor(ColorConversionCodes.BGR2GRAY);
        var progressive = new ImageEncodingParam(ImwriteFlags.JpegProgressive, 1);
        return [image.ImEncode(".jpg"), image.ImEncode(".jpg", progressive), gray.ImEncode(".jpg"), image.ImEncode(".jpg", new ImageEncodingParam(ImwriteFlags.JpegRstInterval, 3)),
            image.ImEncode(".png"), gray.ImEncode(".png"), image.ImEncode(".bmp"), image.ImEncode(".tiff"), image.ImEncode(".webp")];
    }

    private static byte[] List()
    {
        var text = new StringBuilder("subDirectory_filePath,face_x,face_y,face_width,face_height,facial_landmarks,expression,valence,arousal\n");
        for (var row = 0; row < RowsOfAList; row++) text.Append($"{row}/a.jpg,0,0,1,1,{string.Join(';', Enumerable.Range(0, 136).Select(i => $"{i}.5"))},1,0.25,-0.5\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static double ResidentMegabytes()
    {
        GC.Collect();
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(6).Trim().TrimEnd("kB").Trim(), System.Globalization.CultureInfo.InvariantCulture) / 1024.0;
    }
}
