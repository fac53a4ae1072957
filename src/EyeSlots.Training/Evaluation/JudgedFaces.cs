using System.Globalization;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Metrics;
using EyeSlots.Training.Metrics.Baselines;

namespace EyeSlots.Training.Evaluation;

/// <summary>The faces that are judged, with their labels and predictions.</summary>
internal sealed class JudgedFaces
{
    private const string UnknownExpression = "unknown";
    private readonly FaceTable table;
    private readonly int[] numbers;
    private readonly Outputs<double[]> t, p;

    /// <summary>Takes the faces that every model has predicted.</summary>
    public JudgedFaces(FaceTable table, Ensemble predicted)
    {
        (this.table, numbers) = (table, [.. Enumerable.Range(0, table.Count).Where(predicted.Has)]);
        t = Of(FloorReader.Labels(table));
        Outputs<double>[] means = [.. numbers.Select(predicted.MeanOf)];
        p = new([.. means.Select(mean => mean.Valence)], [.. means.Select(mean => mean.Arousal)]);
        Images = new(numbers.Select(face => table.Keys[face].ImagePath));
    }

    /// <summary>How many there are.</summary>
    public int Count => numbers.Length;

    /// <summary>The images that they are of.</summary>
    public ImageGroups Images { get; }

    /// <summary>The paths of the images, each once.</summary>
    public IEnumerable<string> ImagePaths => numbers.Select(face => table.Keys[face].ImagePath).Distinct(StringComparer.Ordinal);

    /// <summary>Both outputs with their intervals, beside the floors on the same faces.</summary>
    public Outputs<OutputReport> Outputs(IReadOnlyList<FloorPredictions> floors)
    {
        var bootstrap = new Bootstrap(Images);
        var beside = floors.Select(floor => (floor.Name, Metrics: t.Zip(Of(floor.Values), (labels, values) => RegressionMetrics.Of(labels, values)))).ToArray();
        var judged = t.Zip(p, (labels, values) => (Metrics: RegressionMetrics.Of(labels, values), Intervals: bootstrap.Of(labels, values)));
        return new(
            OutputReport.Of(judged.Valence.Metrics, judged.Valence.Intervals, beside.ToDictionary(floor => floor.Name, floor => floor.Metrics.Valence)),
            OutputReport.Of(judged.Arousal.Metrics, judged.Arousal.Intervals, beside.ToDictionary(floor => floor.Name, floor => floor.Metrics.Arousal)));
    }

    /// <summary>The metrics of each list.</summary>
    public SortedDictionary<string, PartReport> ByList() => By(face => table.Keys[face].List);

    /// <summary>The metrics of each expression, by its number.</summary>
    public SortedDictionary<string, PartReport> ByExpression() =>
        By(face => table.Labels[face].Expression?.ToString(CultureInfo.InvariantCulture) ?? UnknownExpression);

    /// <summary>The errors over the plane.</summary>
    public IReadOnlyList<PlaneCell> Grid() => PlaneCell.Grid(t, p);

    private SortedDictionary<string, PartReport> By(Func<int, string> part)
    {
        SortedDictionary<string, PartReport> parts = new(StringComparer.Ordinal);
        foreach (var group in Enumerable.Range(0, Count).GroupBy(at => part(numbers[at])))
        {
            int[] inside = [.. group];
            var metrics = t.Zip(p, (labels, values) => RegressionMetrics.Of([.. inside.Select(at => labels[at])], [.. inside.Select(at => values[at])]));
            parts[group.Key] = new(inside.Length, metrics.Valence, metrics.Arousal);
        }

        return parts;
    }

    private Outputs<double[]> Of(Outputs<double[]> ofAll) => ofAll.Select(values => numbers.Select(face => values[face]).ToArray());
}
