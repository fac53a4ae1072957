using EyeSlots.Core.Storage;
using EyeSlots.Training.Torch;

namespace EyeSlots.Training.Optimization;

/// <summary>Which Adam trains here; for <c>doctor</c>.</summary>
public static class OptimizerCheck
{
    /// <summary>Tries libtorch's fused one on the device that <c>auto</c> takes.</summary>
    public static ProbeResult Run()
    {
        var device = default(TrainingDevice).Resolve();
        using var fused = FusedAdam.TryOpen(device.Open());
        return new("Adam", true, fused is null
            ? $"this libtorch has no fused one that works on {device}; the plain one makes the same weights, with more calls"
            : $"libtorch's fused one works on {device}");
    }
}
