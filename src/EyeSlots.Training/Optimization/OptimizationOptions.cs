using EyeSlots.Core;
using EyeSlots.Training.Models;

namespace EyeSlots.Training.Optimization;

/// <summary>How a network is trained.</summary>
public sealed record OptimizationOptions
{
    /// <summary>How gradients change weights.</summary>
    public OptimizerKind Optimizer { get; init; }

    /// <summary>The highest learning rate, above 0; no upper end, so that a run may diverge if it is told to.</summary>
    public double LearningRate { get; init; } = 1e-4;

    /// <summary>0 to 1.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Of SGD, 0 to 0.999.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>What is made small.</summary>
    public LossKind Loss { get; init; }

    /// <summary>The share of the CCC in <see cref="LossKind.Both"/>, 0 to 1; the squared error has the rest.</summary>
    public double CccWeight { get; init; } = 0.5;

    /// <summary>How the learning rate goes on.</summary>
    public ScheduleKind Schedule { get; init; }

    /// <summary>Steps during which the learning rate rises evenly from 0, 0 to 1,000,000.</summary>
    public int WarmUp { get; init; }

    /// <summary>The longest gradient, over all weights together; longer ones are shortened to it. 0 shortens none.</summary>
    public double ClipNorm { get; init; }

    /// <summary>What convolutions and dense layers compute in.</summary>
    public Precision Precision { get; init; }

    /// <summary>On a GPU, algorithms that give the same bits at each run alone; some are slower. A CPU has no others.</summary>
    public bool Deterministic { get; init; }

    /// <summary>Checks every value; returns this.</summary>
    /// <exception cref="EyeSlotsException">usage: says which option, what it may be and what it is.</exception>
    public OptimizationOptions Validated()
    {
        Require.Defined("--optimizer", Optimizer);
        Require.That(LearningRate > 0 && double.IsFinite(LearningRate), FormattableString.Invariant($"--learning-rate must be above 0 and finite, not {LearningRate}."));
        Require.Between("--weight-decay", WeightDecay, 0, 1);
        Require.Between("--momentum", Momentum, 0, 0.999);
        Require.Defined("--loss", Loss);
        Require.Between("--ccc-weight", CccWeight, 0, 1);
        Require.Defined("--schedule", Schedule);
        Require.Between("--warm-up", WarmUp, 0, 1_000_000);
        Require.Between("--clip-norm", ClipNorm, 0, 1e6);
        Require.Defined("--precision", Precision);
        return this;
    }
}
