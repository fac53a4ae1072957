using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using TorchSharp;

namespace EyeSlots.Training.Models;

/// <summary>Writes the bytes of a safetensors file, from the start to the end.</summary>
internal static class SafetensorsWriter
{
    private const int Alignment = 8;

    /// <summary>Tensors with larger elements come first, so that each lies at a multiple of its element; else their order stays.</summary>
    internal static void Write(Stream stream, IReadOnlyList<KeyValuePair<string, torch.Tensor>> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var ordered = tensors.OrderByDescending(tensor => tensor.Value.element_size()).ToArray();
        var header = Header(ordered, metadata);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        var padding = (Alignment - (header.WrittenCount % Alignment)) % Alignment;
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)(header.WrittenCount + padding));
        stream.Write(length);
        stream.Write(header.WrittenSpan);
        stream.Write("       "u8[..padding]);
        foreach (var (_, tensor) in ordered) Write(stream, tensor);
    }

    private static void Write(Stream stream, torch.Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        stream.Write(tensor.detach().cpu().contiguous().bytes);
    }

    private static ArrayBufferWriter<byte> Header(KeyValuePair<string, torch.Tensor>[] tensors, IReadOnlyDictionary<string, string> metadata)
    {
        ArrayBufferWriter<byte> buffer = new();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartObject("__metadata__");
        foreach (var (name, value) in metadata) json.WriteString(name, value);
        json.WriteEndObject();
        long at = 0;
        foreach (var (name, tensor) in tensors)
        {
            json.WriteStartObject(name);
            json.WriteString("dtype", SafetensorsType.NameOf(tensor.dtype));
            WriteNumbers(json, "shape", tensor.shape);
            WriteNumbers(json, "data_offsets", at, at += tensor.numel() * tensor.element_size());
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
        return buffer;
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, params ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
