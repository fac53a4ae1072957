using System.Globalization;
using OpenCvSharp;

namespace EyeSlots.Benchmarks;

/// <summary>
/// A folder with photographs of noise and a list, so that <c>--check</c> needs no data set: it proves that the benchmarks
/// run, not how fast anything is.
/// </summary>
internal sealed class DrawnFaces : IDisposable
{
    private static readonly int[] Sides = [224, 256, 320, 425, 512, 640, 956];
    private readonly Scratch scratch = new();

    public string Folder => scratch.Folder;

    public static DrawnFaces Make(int count)
    {
        var drawn = new DrawnFaces();
        var images = Directory.CreateDirectory(Path.Combine(drawn.Folder, "Manually_Annotated_Images")).FullName;
        using var list = new StreamWriter(Path.Combine(drawn.Folder, "training.csv"));
        list.WriteLine("subDirectory_filePath,face_x,face_y,face_width,face_height,facial_landmarks,expression,valence,arousal");
        for (var face = 0; face < count; face++)
        {
            var side = Sides[face % Sides.Length];
            using var image = new Mat(side, side, MatType.CV_8UC3);
            Cv2.Randu(image, new Scalar(40, 40, 40), new Scalar(210, 210, 210));
            using var smooth = image.GaussianBlur(new Size(9, 9), 3);
            smooth.SaveImage(Path.Combine(images, $"{face}.jpg"), new ImageEncodingParam(ImwriteFlags.JpegQuality, 90));
            list.WriteLine($"{face}.jpg,0,0,{side},{side},{Landmarks(side)},0,0.1,0.2");
        }

        return drawn;
    }

    public void Dispose() => scratch.Dispose();

    // A face that fills two thirds of the picture: brows above the eyes above the middle; the other points do not matter here.
    private static string Landmarks(int side) => string.Join(';', Enumerable.Range(0, 68).SelectMany(point =>
    {
        var (x, y) = point switch
        {
            >= 17 and <= 26 => (0.2 + ((point - 17) * 0.066), 0.3),
            >= 36 and <= 41 => (0.28 + ((point - 36) * 0.02), 0.38 + (point % 2 * 0.01)),
            >= 42 and <= 47 => (0.58 + ((point - 42) * 0.02), 0.38 + (point % 2 * 0.01)),
            27 => (0.5, 0.42),
            _ => (0.5, 0.6),
        };
        return new[] { x * side, y * side };
    }).Select(value => value.ToString("F2", CultureInfo.InvariantCulture)));
}
