using EyeSlots.Core.Annotations;

namespace EyeSlots.Training.Evaluation;

/// <summary>What <c>predict</c> wrote.</summary>
/// <param name="runs">Folders of the runs.</param>
/// <param name="file">The file.</param>
public sealed class PredictionSummary(IReadOnlyList<string> runs, string file)
{
    private const int RowsBetweenReports = 256;

    /// <summary>Folders of the runs.</summary>
    public IReadOnlyList<string> Runs => runs;

    /// <summary>The file.</summary>
    public string Out => file;

    /// <summary>Faces of the lists, a row each.</summary>
    public long Rows { get; private set; }

    /// <summary>Faces with a prediction.</summary>
    public long Predicted { get; private set; }

    /// <summary>The others, by the reason.</summary>
    public SortedDictionary<string, long> Rejected { get; } = new(StringComparer.Ordinal);

    /// <summary>Counts a row and gives it back.</summary>
    internal PredictionRow Count(PredictionRow row, IProgress<long>? progress)
    {
        Rows++;
        if (row.Code is { } code) Rejected[code.Text()] = Rejected.GetValueOrDefault(code.Text()) + 1;
        else Predicted++;
        if (Rows % RowsBetweenReports == 0) progress?.Report(Rows);
        return row;
    }
}
