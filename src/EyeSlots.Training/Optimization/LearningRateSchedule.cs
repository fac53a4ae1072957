using EyeSlots.Core.Geometry;

namespace EyeSlots.Training.Optimization;

/// <summary>The learning rate of each step: a function of the options and the step alone, so that a resumed run has the same.</summary>
internal static class LearningRateSchedule
{
    /// <summary>The rate of a step.</summary>
    /// <param name="options">Rate, warm-up and schedule.</param>
    /// <param name="step">From 0.</param>
    /// <param name="totalSteps">Of the whole run.</param>
    internal static double At(OptimizationOptions options, long step, long totalSteps)
    {
        if (step < options.WarmUp) return options.LearningRate * (step + 1) / options.WarmUp;
        return options.Schedule == ScheduleKind.Constant ? options.LearningRate : options.LearningRate * Cosine(step - options.WarmUp, totalSteps - options.WarmUp);
    }

    // 1 at the first step after the warm-up and nearly 0 at the last.
    private static double Cosine(long step, long steps) => (1 + Direction.OfDegrees(180.0 * Math.Min(step, steps) / Math.Max(steps, 1)).X) / 2;
}
