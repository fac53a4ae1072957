using TorchSharp;

namespace EyeSlots.Training.Models;

/// <summary>A batch on the device, as the network and the loss take it.</summary>
internal sealed class NetworkBatch : IDisposable
{
    /// <summary>The pixels, N × C × H × W, float32, from −1 to 1.</summary>
    internal required torch.Tensor Input { get; init; }

    /// <summary>The labels, N × 2: valence and arousal.</summary>
    internal required torch.Tensor Targets { get; init; }

    /// <summary>What each face weighs, N × 1.</summary>
    internal required torch.Tensor Weights { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Input.Dispose();
        Targets.Dispose();
        Weights.Dispose();
    }
}
