using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Loading;
using TorchSharp;

namespace EyeSlots.Training.Models;

/// <summary>
/// A batch as the network takes it. Pixels travel to the device as bytes, from pinned memory where it is a card, and become pixel / 127.5 − 1
/// there; what is cut out becomes 0 after that. The loader's memory is free again when a call returns.
/// </summary>
internal sealed class BatchTensors : IDisposable
{
    private readonly InputShape input;
    private readonly torch.Device device;

    // A card copies from the one while the next batch is written to the other.
    private readonly PixelBuffer[] buffers;
    private int turn;

    /// <summary>Takes memory for pinned batches when the first one comes.</summary>
    public BatchTensors(InputShape input, torch.Device device)
    {
        (this.input, this.device) = (input, device);
        buffers = device.type == DeviceType.CPU ? [new(isPinned: false)] : [new(isPinned: true), new(isPinned: true)];
    }

    /// <summary>The pixels, N × C × H × W, float32.</summary>
    public torch.Tensor ToInput(FaceBatch batch)
    {
        using var scope = torch.NewDisposeScope();
        turn = (turn + 1) % buffers.Length;
        var bytes = buffers[turn].Write(batch.Pixels.Span);
        var pixels = bytes.view(batch.Count, input.Height, input.Width, input.Channels).to(device, non_blocking: true).permute(0, 3, 1, 2);
        var normalised = pixels.to(torch.ScalarType.Float32).div_(127.5f).sub_(1f);
        return CutBoxes.Apply(normalised, batch.Cutouts.Span).MoveToOuterDisposeScope();
    }

    /// <summary>The labels, N × 2.</summary>
    public torch.Tensor ToTargets(FaceBatch batch) => OnDevice(batch.Targets, [batch.Count, EyeNetwork.Outputs]);

    /// <summary>What each face weighs, N × 1.</summary>
    public torch.Tensor ToWeights(FaceBatch batch) => OnDevice(batch.Weights, [batch.Count, 1]);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var buffer in buffers) buffer.Dispose();
    }

    private torch.Tensor OnDevice(ReadOnlyMemory<float> values, params long[] shape)
    {
        using var scope = torch.NewDisposeScope();
        return torch.tensor(values.ToArray(), shape).to(device).MoveToOuterDisposeScope();
    }
}
