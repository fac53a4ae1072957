using System.Buffers;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Preprocessing.Decoding;
using OpenCvSharp;

namespace EyeSlots.Benchmarks;

/// <summary>Each stage of one face beside the least that it could take, or beside the usual way.</summary>
internal static class StageBenchmark
{
    private const long Memory = 512L << 20;

    public static async Task<int> RunAsync(string folder, TimeSpan time)
    {
        var faces = BenchmarkFaces.Read(folder, 400);
        Read(folder, faces, time);
        Decode(faces, time);
        WarpAndEncode(faces, time);
        await WriteAsync(faces, time);
        return 0;
    }

    private static void Read(string folder, BenchmarkFaces faces, TimeSpan time)
    {
        var store = new LocalObjectStore(StorageAddress.Parse(folder));
        var keys = Array.ConvertAll(faces.Paths, path => Path.GetRelativePath(folder, path));
        var stats = Array.ConvertAll(keys, key => store.StatAsync(key).AsTask().Result!.Value);
        var buffer = new ByteBuffer();
        var bytes = new byte[16 << 20];
        Turns.Compare(
            "read, bound to its version", keys.Length,
            () =>
            {
                for (var i = 0; i < keys.Length; i++) store.ReadAsync(keys[i], stats[i], buffer, long.MaxValue).AsTask().Wait();
            },
            "floor: open, read, close",
            () =>
            {
                foreach (var path in faces.Paths)
                {
                    using var file = File.OpenHandle(path);
                    RandomAccess.Read(file, bytes, 0);
                }
            },
            time);
    }

    private static void Decode(BenchmarkFaces faces, TimeSpan time)
    {
        using var pixels = new NativeBuffer();
        using var decoder = new RegionDecoder();
        var slots = new (PixelRegion Region, PixelRegion Last)[faces.Count];
        for (var i = 0; i < faces.Count; i++)
        {
            HeaderReader.TryRead(faces.Files[i], out var header, out _);
            SlotGeometry.TryFind(faces.Eyes[i], new SlotOptions(), out var slot, out _);
            var region = slot.SourceRegion(header.Width, header.Height, 2);
            slots[i] = (region, new(0, region.Y + region.Height - 1, 1, 1));
        }

        void Run(Func<int, PixelRegion> region)
        {
            for (var i = 0; i < faces.Count; i++) decoder.Decode(faces.Files[i], region(i), pixels.Reserve(3L * region(i).Width * region(i).Height), Memory);
        }

        // One pixel in the slot's last row: every code above it must be read, whatever one does with the pixels.
        Turns.Compare("decode the slot's region", faces.Count, () => Run(i => slots[i].Region), "floor: entropy decoding to its end", () => Run(i => slots[i].Last), time);
    }

    private static void WarpAndEncode(BenchmarkFaces faces, TimeSpan time)
    {
        using var gate = new MemoryGate(512L << 20);
        using var jpeg = new SlotCropper(new JobParameters(), gate);
        using var raw = new SlotCropper(new JobParameters { Format = SlotFormat.Raw }, gate);
        var output = new ArrayBufferWriter<byte>(1 << 20);
        void Run(SlotCropper cropper)
        {
            for (var i = 0; i < faces.Count; i++)
            {
                output.ResetWrittenCount();
                cropper.Crop(faces.Files[i], faces.Eyes[i], output);
            }
        }

        Turns.Compare("crop to JPEG", faces.Count, () => Run(jpeg), "the same without encoding", () => Run(raw), time);
        Turns.Compare("crop to JPEG", faces.Count, () => Run(jpeg), "OpenCV: decode, warp, encode", () => WithOpenCv(faces), time);
    }

    private static void WithOpenCv(BenchmarkFaces faces)
    {
        for (var i = 0; i < faces.Count; i++)
        {
            SlotGeometry.TryFind(faces.Eyes[i], new SlotOptions(), out var slot, out _);
            var map = slot.CropToImage();
            using var image = Cv2.ImDecode(faces.Files[i], ImreadModes.Color | ImreadModes.IgnoreOrientation);
            using var matrix = Mat.FromPixelData(2, 3, MatType.CV_64FC1, new[] { map.M11, map.M12, map.Dx, map.M21, map.M22, map.Dy });
            using var crop = image.WarpAffine(matrix, new Size(slot.CropSize.Width, slot.CropSize.Height), InterpolationFlags.Linear | InterpolationFlags.WarpInverseMap);
            crop.ImEncode(".jpg", new ImageEncodingParam(ImwriteFlags.JpegQuality, 95));
        }
    }

    private static async Task WriteAsync(BenchmarkFaces faces, TimeSpan time)
    {
        using var scratch = new Scratch();
        var store = new LocalObjectStore(StorageAddress.Parse(scratch.Folder));
        var slice = new Slice("training", new string('0', 64), [.. Enumerable.Range(0, 512).Select(i => new SliceFace { Key = new FaceKey("training", $"{i}.jpg", 0), Eyes = [] })]);
        var files = await BuildAsync(slice, faces);
        var shards = 0;
        Turns.Compare(
            "lay out a shard (512 rows)", 512, () => BuildAsync(slice, faces).Wait(), "publish it, flushed to disk",
            () => store.PublishAsync($"shards/{shards++}", files.Shard).Wait(), time);
    }

    private static Task<ShardFiles> BuildAsync(Slice slice, BenchmarkFaces faces)
    {
        var builder = new ShardBuilder(slice, new JobParameters(), 512L << 20);
        for (var place = 0; place < slice.Faces.Count; place++)
        {
            builder.Slot.Write(faces.Files[0].AsSpan(0, Math.Min(5000, faces.Files[0].Length)));
            builder.Add(place, new EyeSlot(200, 180, 180, 75, Direction.OfDegrees(1)), 1, 180, 75, 425, 425);
        }

        return builder.FinishAsync();
    }
}
