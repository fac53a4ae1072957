using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Loading;
using TorchSharp;

namespace EyeSlots.Training.Models;

/// <summary>
/// Sends batches to the device. Pixels travel as bytes, and with one more copy all numbers; on a card from pinned memory, while it still
/// computes what it was told before. There bytes become pixel / 127.5 − 1, and what is cut out becomes 0 after that.
/// </summary>
internal sealed class BatchSender : IDisposable
{
    // Of each face: valence, arousal, weight, and the ends of the box that is cut out.
    private const int Labels = EyeNetwork.Outputs, Weight = Labels, Box = Weight + 1, Numbers = Box + CutBoxes.Ends;
    private readonly InputShape input;
    private readonly torch.Device device;

    // A card may still read the one while the next batch is written to the other.
    private readonly (TravelBuffer Pixels, TravelBuffer Numbers)[] buffers;
    private int turn;

    /// <summary>Takes memory when the first batch comes.</summary>
    internal BatchSender(InputShape input, torch.Device device)
    {
        (this.input, this.device) = (input, device);
        var isCard = device.type != DeviceType.CPU;
        buffers = new (TravelBuffer, TravelBuffer)[isCard ? 2 : 1];
        for (var at = 0; at < buffers.Length; at++) buffers[at] = (new(torch.ScalarType.Byte, isCard), new(torch.ScalarType.Float32, isCard));
    }

    /// <summary>
    /// Sends a batch; its memory is the loader's again when this returns. Of the batches sent before, the last may still be in use.
    /// </summary>
    internal NetworkBatch Send(FaceBatch batch)
    {
        using var scope = torch.NewDisposeScope();
        turn = (turn + 1) % buffers.Length;
        var (pixels, numbers) = buffers[turn];
        batch.Pixels.Span.CopyTo(pixels.Take<byte>(batch.Pixels.Length));
        var isCut = Write(batch, numbers.Take<float>(batch.Count * Numbers));
        var bytes = pixels.Send(device, batch.Count, input.Height, input.Width, input.Channels).permute(0, 3, 1, 2);
        var values = numbers.Send(device, batch.Count, Numbers);
        var normalised = bytes.to(torch.ScalarType.Float32).div_(127.5f).sub_(1f);
        if (isCut) CutBoxes.Apply(normalised, values.narrow(1, Box, CutBoxes.Ends));
        return new()
        {
            Input = normalised.DetachFromDisposeScope(), Targets = values.narrow(1, 0, Labels).DetachFromDisposeScope(), Weights = values.narrow(1, Weight, 1).DetachFromDisposeScope(),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (pixels, numbers) in buffers)
        {
            pixels.Dispose();
            numbers.Dispose();
        }
    }

    // Whether any face has something cut out.
    private static bool Write(FaceBatch batch, Span<float> numbers)
    {
        var (labels, weights, boxes) = (batch.Targets, batch.Weights, batch.Cutouts);
        var isCut = false;
        for (var face = 0; face < batch.Count; face++)
        {
            var row = numbers[(face * Numbers)..];
            labels.Span.Slice(face * Labels, Labels).CopyTo(row);
            row[Weight] = weights.Span[face];
            CutBoxes.Write(boxes.Span[face], row[Box..]);
            isCut |= !boxes.Span[face].IsEmpty;
        }

        return isCut;
    }
}
