using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;
using EyeSlots.Preprocessing.Decoding;
using OpenCvSharp;

namespace EyeSlots.Benchmarks;

/// <summary>The region decoder beside a full OpenCV decode, at the sizes of AffectNet's photographs.</summary>
internal static class DecodeBenchmark
{
    private static readonly int[] Sides = [224, 256, 320, 425, 512, 640, 956];

    public static int Run(string folder, TimeSpan time)
    {
        var faces = BenchmarkFaces.Read(folder, 40);
        foreach (var side in Sides) Compare(faces, side, time);
        return 0;
    }

    private static void Compare(BenchmarkFaces faces, int side, TimeSpan time)
    {
        using var pixels = new NativeBuffer();
        using var decoder = new RegionDecoder();
        var jobs = Jobs(faces, side);
        Turns.Compare(
            $"region decode {side} px", jobs.Count,
            () =>
            {
                foreach (var (file, region) in jobs)
                {
                    if (decoder.Decode(file, region, pixels.Reserve(3L * region.Width * region.Height), 512L << 20) is { } why) throw new InvalidOperationException(why.Detail);
                }
            },
            "full OpenCV decode",
            () =>
            {
                foreach (var (file, _) in jobs) Cv2.ImDecode(file, ImreadModes.Color).Dispose();
            },
            time);
    }

    private static List<(byte[] File, PixelRegion Region)> Jobs(BenchmarkFaces faces, int side)
    {
        List<(byte[] File, PixelRegion Region)> jobs = [];
        for (var i = 0; i < faces.Count; i++)
        {
            using var image = Cv2.ImDecode(faces.Files[i], ImreadModes.Color);
            var scale = side / (double)image.Width;
            using var resized = image.Resize(new Size(side, side));
            var eyes = Array.ConvertAll(faces.Eyes[i], value => value * scale);
            if (!SlotGeometry.TryFind(eyes, new SlotOptions(), out var slot, out _)) continue;
            jobs.Add((resized.ImEncode(".jpg", new ImageEncodingParam(ImwriteFlags.JpegQuality, 90)), slot.SourceRegion(side, side, 4)));
        }

        return jobs;
    }
}
