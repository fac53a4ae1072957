using System.Globalization;
using System.Text;

namespace EyeSlots.Preprocessing.Synthesis;

/// <summary>Writes the rows of one list of 2017.</summary>
internal sealed class ListWriter : IDisposable
{
    private const string Header = "subDirectory_filePath,face_x,face_y,face_width,face_height,facial_landmarks,expression,valence,arousal";
    private readonly StreamWriter text;

    public ListWriter(string path, SynthLayout layout)
    {
        text = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
        if (layout == SynthLayout.Csv2017) text.WriteLine(Header);
        if (layout == SynthLayout.Csv2017Hash) text.WriteLine("#" + Header);
    }

    public void Write(SynthImage image)
    {
        foreach (var face in image.Faces)
        {
            var box = image.Defect switch
            {
                Defect.NullBox => "NULL,NULL,NULL,NULL",
                Defect.NegativeSize => "0,0,-4,-4",
                _ => Invariant($"{(int)(face.CenterX - (face.Scale / 2))},{(int)(face.CenterY - (face.Scale / 2))},{(int)face.Scale},{(int)face.Scale}"),
            };
            var labels = image.Defect == Defect.Unlabelled ? "10,-2,-2" : Invariant($"{face.Expression},{face.Valence},{face.Arousal}");
            text.WriteLine(image.Defect == Defect.ColumnsMissing ? $"{image.ListedPath},{box}" : $"{image.ListedPath},{box},{Landmarks(image, face)},{labels}");
        }
    }

    public void Dispose() => text.Dispose();

    private static string Landmarks(SynthImage image, SynthFace face)
    {
        var numbers = Points(image, face);
        var all = string.Join(';', (image.Defect == Defect.LandmarksMissing ? numbers.Take(130) : numbers).Select(number => number.ToString("F2", CultureInfo.InvariantCulture)));
        return image.Defect == Defect.LandmarksNotNumbers ? "nan" + all[all.IndexOf(';')..].Replace(";", ";x", StringComparison.Ordinal) : all;
    }

    internal static IEnumerable<double> Points(SynthImage image, SynthFace face) =>
        image.Defect == Defect.LandmarksOutside ? face.Landmarks.Select(number => number + (2 * image.Side)) : face.Landmarks;

    private static string Invariant(FormattableString line) => FormattableString.Invariant(line);
}
