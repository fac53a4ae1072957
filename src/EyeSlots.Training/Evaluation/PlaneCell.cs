using EyeSlots.Training.Metrics;

namespace EyeSlots.Training.Evaluation;

/// <summary>A cell of the 5 x 5 grid over the plane of true valence and arousal.</summary>
/// <param name="FromValence">Where it begins.</param>
/// <param name="FromArousal">Where it begins.</param>
/// <param name="Rows">Faces in it.</param>
/// <param name="Valence">How valence is off there; null without a face.</param>
/// <param name="Arousal">Likewise.</param>
public sealed record PlaneCell(double FromValence, double FromArousal, int Rows, CellError? Valence, CellError? Arousal)
{
    /// <summary>Cells of a side.</summary>
    public const int Side = 5;

    /// <summary>All cells, those of the lowest valence first, and of these the lowest arousal.</summary>
    /// <param name="t">True values, -1 to 1.</param>
    /// <param name="p">Predictions.</param>
    internal static IReadOnlyList<PlaneCell> Grid(Outputs<double[]> t, Outputs<double[]> p)
    {
        var faces = Enumerable.Range(0, t.Valence.Length).ToLookup(face => (Part(t.Valence[face]), Part(t.Arousal[face])));
        return
        [
            .. from valence in Enumerable.Range(0, Side)
               from arousal in Enumerable.Range(0, Side)
               let inside = faces[(valence, arousal)].ToArray()
               select new PlaneCell(
                   Begin(valence), Begin(arousal), inside.Length, CellError.Of(t.Valence, p.Valence, inside), CellError.Of(t.Arousal, p.Arousal, inside)),
        ];
    }

    private static int Part(double label) => Math.Clamp((int)((label + 1) * Side / 2), 0, Side - 1);

    private static double Begin(int part) => ((2.0 * part) - Side) / Side;
}

/// <summary>How predictions are off in a cell.</summary>
/// <param name="Bias">Mean of prediction less true value.</param>
/// <param name="Rmse">Root of the mean square of that.</param>
public sealed record CellError(double Bias, double Rmse)
{
    /// <summary>Of some faces; null of none.</summary>
    internal static CellError? Of(double[] t, double[] p, int[] faces)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var face in faces)
        {
            var error = p[face] - t[face];
            (sum, squares) = (sum + error, squares + (error * error));
        }

        return faces.Length == 0 ? null : new(sum / faces.Length, Math.Sqrt(squares / faces.Length));
    }
}
