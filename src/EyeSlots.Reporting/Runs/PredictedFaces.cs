using EyeSlots.Reporting.Plots;

namespace EyeSlots.Reporting.Runs;

/// <summary>What a page shows of predictions, gathered as they pass by: none is kept but the best and the worst.</summary>
internal sealed class PredictedFaces
{
    private const int Side = 20, MostShown = 8;
    private readonly ExtremeFaces best = new(MostShown, worst: false), worst = new(MostShown, worst: true);

    /// <summary>Faces seen.</summary>
    public long Count { get; private set; }

    /// <summary>True against predicted valence.</summary>
    public long[,] Valence { get; } = new long[Side, Side];

    /// <summary>True against predicted arousal.</summary>
    public long[,] Arousal { get; } = new long[Side, Side];

    /// <summary>Mean of predicted less true valence, over the plane of true values.</summary>
    public CellMean[,] ValenceResiduals { get; } = new CellMean[Side, Side];

    /// <summary>Likewise of arousal.</summary>
    public CellMean[,] ArousalResiduals { get; } = new CellMean[Side, Side];

    /// <summary>The nearest to the truth.</summary>
    public IReadOnlyList<PredictedFace> Best => best.Faces;

    /// <summary>The farthest from it.</summary>
    public IReadOnlyList<PredictedFace> Worst => worst.Faces;

    /// <summary>Adds a face.</summary>
    public void Add(in PredictedFace face)
    {
        Count++;
        var (column, row) = (Cell(face.Valence), Cell(face.Arousal));
        Valence[column, Cell(face.PredictedValence)]++;
        Arousal[row, Cell(face.PredictedArousal)]++;
        ValenceResiduals[column, row] = ValenceResiduals[column, row].With(face.PredictedValence - face.Valence);
        ArousalResiduals[column, row] = ArousalResiduals[column, row].With(face.PredictedArousal - face.Arousal);
        best.Add(face);
        worst.Add(face);
    }

    private static int Cell(double value) => PlaneDensity.CellOf(value, Side);
}
