using EyeSlots.Training.Metrics;

namespace EyeSlots.Training.Evaluation;

/// <summary>Puts the predictions of several runs together, face by face. The runs are added in their order.</summary>
/// <param name="faces">Number of faces.</param>
internal sealed class Ensemble(int faces)
{
    private readonly List<float[]> runs = [];

    /// <summary>How many runs there are.</summary>
    public int Runs => runs.Count;

    /// <summary>Room for the predictions of one more run, two for each face; NaN where nothing is written.</summary>
    public float[] AddRun()
    {
        var outputs = new float[2 * faces];
        Array.Fill(outputs, float.NaN);
        runs.Add(outputs);
        return outputs;
    }

    /// <summary>Whether every run has predicted a face.</summary>
    public bool Has(int face) => runs.TrueForAll(outputs => !float.IsNaN(outputs[2 * face]));

    /// <summary>What one run predicts of a face.</summary>
    public Outputs<double> Of(int run, int face) => new(runs[run][2 * face], runs[run][(2 * face) + 1]);

    /// <summary>The mean of a face over the runs.</summary>
    public Outputs<double> MeanOf(int face) => new(Mean(2 * face), Mean((2 * face) + 1));

    /// <summary>The standard deviation of a face over the runs: a population's.</summary>
    public Outputs<double> DeviationOf(int face) => new(Deviation(2 * face), Deviation((2 * face) + 1));

    private double Mean(int at)
    {
        var sum = 0.0;
        foreach (var outputs in runs) sum += outputs[at];
        return sum / runs.Count;
    }

    private double Deviation(int at)
    {
        var (mean, squares) = (Mean(at), 0.0);
        foreach (var outputs in runs) squares += (outputs[at] - mean) * (outputs[at] - mean);
        return Math.Sqrt(squares / runs.Count);
    }
}
