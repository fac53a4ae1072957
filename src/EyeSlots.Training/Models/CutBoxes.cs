using EyeSlots.Training.Augmentation;
using TorchSharp;

namespace EyeSlots.Training.Models;

/// <summary>Cuts each face's box out of normalised pixels, all at once, so that a card is called a few times for a batch and not for a face.</summary>
internal static class CutBoxes
{
    /// <summary>Sets the boxes of N × C × H × W pixels to 0; the same tensor.</summary>
    internal static torch.Tensor Apply(torch.Tensor pixels, ReadOnlySpan<CutoutBox> boxes)
    {
        if (!Any(boxes)) return pixels;
        using var scope = torch.NewDisposeScope();
        var (x0, x1) = (Ends(boxes, box => box.X0, pixels.device), Ends(boxes, box => box.X1, pixels.device));
        var (y0, y1) = (Ends(boxes, box => box.Y0, pixels.device), Ends(boxes, box => box.Y1, pixels.device));
        var x = torch.arange(pixels.shape[3], dtype: torch.ScalarType.Int32, device: pixels.device);
        var y = torch.arange(pixels.shape[2], dtype: torch.ScalarType.Int32, device: pixels.device).view(-1, 1);
        pixels.masked_fill_(x.ge(x0).logical_and(x.lt(x1)).logical_and(y.ge(y0)).logical_and(y.lt(y1)), 0f);
        return pixels;
    }

    private static bool Any(ReadOnlySpan<CutoutBox> boxes)
    {
        foreach (var box in boxes)
        {
            if (!box.IsEmpty) return true;
        }

        return false;
    }

    private static torch.Tensor Ends(ReadOnlySpan<CutoutBox> boxes, Func<CutoutBox, int> end, torch.Device device)
    {
        var ends = new int[boxes.Length];
        for (var face = 0; face < ends.Length; face++) ends[face] = end(boxes[face]);
        return torch.tensor(ends, [ends.Length, 1, 1, 1]).to(device);
    }
}
