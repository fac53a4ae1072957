using TorchSharp;

namespace EyeSlots.Training.Models;

/// <summary>A tensor of a file.</summary>
/// <param name="Type">Of its elements.</param>
/// <param name="Shape">Its sides.</param>
/// <param name="Start">Its first byte, from the start of the file.</param>
/// <param name="Length">Its bytes.</param>
internal sealed record SafetensorsEntry(torch.ScalarType Type, IReadOnlyList<long> Shape, long Start, long Length)
{
    /// <summary>Type and shape as people read them.</summary>
    public override string ToString() => Text(Type, Shape);

    internal static string Text(torch.ScalarType type, IReadOnlyList<long> shape) =>
        $"{SafetensorsType.NameOf(type)} {(shape.Count == 0 ? "scalar" : string.Join(" x ", shape))}";
}
