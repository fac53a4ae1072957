using EyeSlots.Training.Augmentation;
using TorchSharp;

namespace EyeSlots.Training.Optimization;

/// <summary>Seeds torch before each step, so that dropout has no state to keep and a resumed run drops the same values.</summary>
internal static class StepSeed
{
    /// <summary>Seeds the CPU's generator, and the card's where one is used.</summary>
    internal static void Apply(ulong seed, long step, torch.Device device)
    {
        var mixed = (long)(SplitMix64.Hash(seed, (ulong)step) >> 1);
        torch.random.manual_seed(mixed).Dispose();
        if (device.type == DeviceType.CUDA) torch.cuda.manual_seed(mixed);
    }
}
