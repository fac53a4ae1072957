using TorchSharp;

namespace EyeSlots.Training.Models;

/// <summary>The types of elements that safetensors names.</summary>
internal static class SafetensorsType
{
    private static readonly (string Name, torch.ScalarType Type, int Bytes)[] Known =
    [
        ("F64", torch.ScalarType.Float64, 8), ("I64", torch.ScalarType.Int64, 8), ("F32", torch.ScalarType.Float32, 4),
        ("I32", torch.ScalarType.Int32, 4), ("BF16", torch.ScalarType.BFloat16, 2), ("F16", torch.ScalarType.Float16, 2),
        ("U8", torch.ScalarType.Byte, 1),
    ];

    /// <summary>All names.</summary>
    internal static string Names { get; } = string.Join(", ", Known.Select(type => type.Name));

    /// <summary>The name of torch's type.</summary>
    internal static string NameOf(torch.ScalarType type) =>
        Known.FirstOrDefault(known => known.Type == type).Name ?? throw new ArgumentException($"{type} has no place in a file of ours; it holds {Names}.");

    /// <summary>Torch's type and the bytes of an element; null for a name that is not known.</summary>
    internal static (torch.ScalarType Type, int Bytes)? Of(string name)
    {
        var found = Known.FirstOrDefault(known => known.Name == name);
        return found.Name is null ? null : (found.Type, found.Bytes);
    }
}
