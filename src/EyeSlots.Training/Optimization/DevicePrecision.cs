using EyeSlots.Core;
using EyeSlots.Training.Models;
using TorchSharp;

namespace EyeSlots.Training.Optimization;

/// <summary>Puts a network on a device and lets it compute there as asked for.</summary>
internal static class DevicePrecision
{
    /// <summary>Moves the network; TF32 is a switch of the whole process.</summary>
    /// <exception cref="EyeSlotsException">usage: only cards have the precision.</exception>
    internal static void Apply(EyeNetwork network, Precision precision, torch.Device device)
    {
        var isCuda = device.type == DeviceType.CUDA;
        Require.That(
            isCuda || precision == Precision.Float32,
            $"--precision {precision.ToString().ToLowerInvariant()} needs --device cuda; the CPU trains in float32.");
        network.Precision = precision;
        network.to(device);
        if (!isCuda) return;
        torch.backends.cuda.matmul.allow_tf32 = precision == Precision.Tf32;
        torch.backends.cudnn.allow_tf32 = precision == Precision.Tf32;
    }
}
