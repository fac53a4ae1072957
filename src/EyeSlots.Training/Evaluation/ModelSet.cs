using EyeSlots.Core;
using EyeSlots.Core.Planning;
using EyeSlots.Training.Torch;

namespace EyeSlots.Training.Evaluation;

/// <summary>The best models of some runs, whose predictions are averaged.</summary>
public sealed class ModelSet : IDisposable
{
    private readonly List<RunModel> models = [];

    private ModelSet()
    {
    }

    /// <summary>The folders of the runs.</summary>
    public IReadOnlyList<string> Runs => [.. models.Select(model => model.Run)];

    /// <summary>Whether there are several runs, so that there is a standard deviation.</summary>
    public bool IsSeveral => models.Count > 1;

    internal IReadOnlyList<RunModel> Models => models;

    /// <summary>How the slots were cut that the first run was trained on.</summary>
    internal JobParameters Slots => models[0].Slots;

    /// <summary>Loads each run's best model.</summary>
    /// <param name="runs">Folders of runs.</param>
    /// <param name="device">Where they compute.</param>
    /// <exception cref="EyeSlotsException">
    /// usage: a folder holds no run, or one is named twice; checkpoint-damaged: a run has no best model yet, or a file is damaged;
    /// model-mismatch: files of a model do not belong together.
    /// </exception>
    public static ModelSet Load(IReadOnlyList<string> runs, TrainingDevice device)
    {
        RequireRuns(runs);
        var set = new ModelSet();
        try
        {
            var opened = device.Open();
            foreach (var run in runs) set.models.Add(RunModel.Load(run, opened));
            return set;
        }
        catch
        {
            set.Dispose();
            throw;
        }
    }

    /// <summary>Demands folders that hold runs, each named once. Loads nothing.</summary>
    /// <exception cref="EyeSlotsException">usage.</exception>
    public static void RequireRuns(IReadOnlyList<string> runs)
    {
        Require.That(runs.Count > 0, "--run names no run.");
        Require.That(runs.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal).Count() == runs.Count, "--run names a run twice.");
        foreach (var run in runs) RunModel.RequireRun(run);
    }

    /// <summary>Frees the networks.</summary>
    public void Dispose()
    {
        foreach (var model in models) model.Dispose();
    }
}
