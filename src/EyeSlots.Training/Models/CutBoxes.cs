using EyeSlots.Training.Augmentation;
using TorchSharp;

namespace EyeSlots.Training.Models;

/// <summary>Cuts each face's box out of normalised pixels, all at once, so that a card is called a few times for a batch and not for a face.</summary>
internal static class CutBoxes
{
    /// <summary>Numbers of a box.</summary>
    internal const int Ends = 4;

    /// <summary>Writes a box as <see cref="Apply"/> reads it.</summary>
    internal static void Write(CutoutBox box, Span<float> ends) => (ends[0], ends[1], ends[2], ends[3]) = (box.X0, box.Y0, box.X1, box.Y1);

    /// <summary>Sets what lies in its face's box to 0.</summary>
    /// <param name="pixels">N × C × H × W.</param>
    /// <param name="boxes">N × 4, on the same device.</param>
    internal static void Apply(torch.Tensor pixels, torch.Tensor boxes)
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor End(int end) => boxes.narrow(1, end, 1).view(-1, 1, 1, 1);
        var x = torch.arange(pixels.shape[3], dtype: torch.ScalarType.Float32, device: pixels.device);
        var y = torch.arange(pixels.shape[2], dtype: torch.ScalarType.Float32, device: pixels.device).view(-1, 1);
        var inside = x.ge(End(0)).logical_and(y.ge(End(1))).logical_and(x.lt(End(2))).logical_and(y.lt(End(3)));
        pixels.masked_fill_(inside, 0f);
    }
}
