using EyeSlots.Core.Annotations;

namespace EyeSlots.Preprocessing.Synthesis;

/// <summary>Counts what was drawn: rejects to expect, and how well the drawn eyes show the labels.</summary>
internal sealed class SynthTally
{
    private readonly SortedDictionary<string, long> rejects = new(StringComparer.Ordinal);
    private readonly Correlation valence = new();
    private readonly Correlation arousal = new();

    public void Add(SynthOptions options, SynthImage image)
    {
        foreach (var face in image.Faces)
        {
            valence.Add(face.Valence, face.ShownValence);
            arousal.Add(face.Arousal, face.ShownArousal);
        }

        var code = Defects.CodeOf(image.Defect);
        if (!options.Images && code is not (RejectCode.AnnotationInvalid or RejectCode.LandmarksInvalid)) code = RejectCode.ImageMissing;
        if (code is { } reject) rejects[reject.Text()] = rejects.GetValueOrDefault(reject.Text()) + image.Faces.Length;
    }

    public SynthSummary Summary(IReadOnlyList<string> lists, string root, long faces) =>
        new(lists, root, faces, rejects, Math.Round(valence.Value, 4), Math.Round(arousal.Value, 4));

    private sealed class Correlation
    {
        private double count, x, y, xx, yy, xy;

        /// <summary>0 where all values are equal, of which no correlation tells.</summary>
        public double Value => double.IsFinite(Quotient) ? Quotient : 0;

        private double Quotient => ((count * xy) - (x * y)) / Math.Sqrt(((count * xx) - (x * x)) * ((count * yy) - (y * y)));

        public void Add(double a, double b) => (count, x, y, xx, yy, xy) = (count + 1, x + a, y + b, xx + (a * a), yy + (b * b), xy + (a * b));
    }
}
