using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Tests.Tools;
using OpenCvSharp;

namespace EyeSlots.Benchmarks.Training;

/// <summary>What a face costs one thread: its decoding, and its sampling beside the same steps by OpenCV.</summary>
internal static class SamplerBenchmark
{
    private static readonly InputShape Input = InputShape.Default;

    public static async Task<int> RunAsync(Options options)
    {
        using var dataset = await DrawnDataset.DrawAsync(options.Check ? 60 : 600, synth => synth with { SmallestSide = 224, LargestSide = options.Check ? 300 : 956 });
        var table = await dataset.FacesAsync();
        var faces = await CropsAsync(table);
        var time = TimeSpan.FromSeconds(options.Check ? 0.05 : 2);
        Console.WriteLine($"{faces.Count} crops, {faces.Average(face => face.Width):F0} x {faces.Average(face => face.Height):F0} on average, into {Input}");
        Compare("sampled as drawn", faces, new AugmentationOptions(), time);
        Compare("sampled as in evaluation", faces, AugmentationOptions.None, time);
        using var decoder = new SlotDecoder();
        var pixels = new ByteBuffer();
        Turns.Compare("decoded", faces.Count, () => faces.ForEach(face => decoder.TryDecode(face.Slot, table.Generation.Format, face.Width, face.Height, pixels)), "OpenCV", () => faces.ForEach(DecodeByOpenCv), time);
        return 0;
    }

    private static async Task<List<Crop>> CropsAsync(FaceTable table)
    {
        using var decoder = new SlotDecoder();
        List<Crop> crops = [];
        foreach (var shard in table.Shards)
        {
            foreach (var row in (await PublishedFile.OpenShardAsync(table.Generation.Root, shard)).Rows())
                crops.Add(new(row.Slot.ToArray(), decoder.ToBgr(row.Slot.Span, table.Generation.Format, row.Width, row.Height)!, row.Width, row.Height));
        }

        return crops;
    }

    private static void Compare(string title, List<Crop> faces, AugmentationOptions augmentation, TimeSpan time)
    {
        var augmenter = new Augmenter(augmentation, Input);
        var input = new byte[Input.Bytes];
        Augmented[] drawn = [.. faces.Select((face, at) => augmenter.Draw((ulong)at, face.Width, face.Height))];
        Turns.Compare(title, faces.Count, () => Each(faces, (face, at) => CropSampler.Sample(face.Bgr, face.Width, face.Height, augmenter.Draw((ulong)at, face.Width, face.Height), Input, input)),
            "OpenCV: warp, resize, scale, to RGB", () => Each(faces, (face, at) => SampleByOpenCv(face, drawn[at])), time);
    }

    private static void Each(List<Crop> faces, Action<Crop, int> action)
    {
        for (var at = 0; at < faces.Count; at++) action(faces[at], at);
    }

    // As dataloader_peer.py does it.
    private static void SampleByOpenCv(Crop face, in Augmented drawn)
    {
        var (across, down) = (PixelSampler.Taps(face.Width, Input.Width), PixelSampler.Taps(face.Height, Input.Height));
        var map = drawn.InputToCrop;
        var (x, y) = map.Map((0.5 / across) - 0.5, (0.5 / down) - 0.5);
        using var matrix = Mat.FromPixelData(2, 3, MatType.CV_64FC1, new[] { map.M11 / across, map.M12 / down, x, map.M21 / across, map.M22 / down, y });
        using var crop = Mat.FromPixelData(face.Height, face.Width, MatType.CV_8UC3, face.Bgr);
        using var seen = crop.WarpAffine(matrix, new Size(across * Input.Width, down * Input.Height), InterpolationFlags.Linear | InterpolationFlags.WarpInverseMap, BorderTypes.Replicate);
        using var small = seen.Resize(new Size(Input.Width, Input.Height), 0, 0, InterpolationFlags.Area);
        using var bright = small.ConvertScaleAbs(drawn.Brightness);
        using var rgb = bright.CvtColor(ColorConversionCodes.BGR2RGB);
    }

    private static void DecodeByOpenCv(Crop face)
    {
        using var decoded = Cv2.ImDecode(face.Slot, ImreadModes.Color);
    }

    /// <summary>A face of a shard.</summary>
    private sealed record Crop(byte[] Slot, byte[] Bgr, int Width, int Height);
}
