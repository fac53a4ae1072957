using System.Buffers.Binary;
using System.Text.Json;
using EyeSlots.Core;

namespace EyeSlots.Training.Models;

/// <summary>
/// The header of a safetensors file: 8 bytes of length, then JSON that names each tensor's type, shape and bytes. Files come from anywhere,
/// so nothing of it is believed: the tensors must fill the rest of the file without a gap, one behind the other.
/// </summary>
internal sealed class SafetensorsHeader
{
    private const int LengthBytes = 8, MostHeaderBytes = 16 << 20, MostSides = 8;
    private const string MetadataName = "__metadata__";
    private readonly string path;
    private readonly long dataStart, dataLength;

    private SafetensorsHeader(string path, long dataStart, long dataLength) => (this.path, this.dataStart, this.dataLength) = (path, dataStart, dataLength);

    internal Dictionary<string, SafetensorsEntry> Tensors { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads and checks it.</summary>
    /// <exception cref="EyeSlotsException">checkpoint-damaged: the file, and what is wrong in it.</exception>
    internal static SafetensorsHeader Read(string path, Stream file)
    {
        Span<byte> prefix = stackalloc byte[LengthBytes];
        if (file.Length < LengthBytes) throw Damaged(path, $"it has {file.Length} bytes, fewer than a header's length takes");
        file.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > (ulong)(file.Length - LengthBytes)) throw Damaged(path, $"its header would have {length} bytes, and the file ends after {file.Length}");
        if (length > MostHeaderBytes) throw Damaged(path, $"its header would have {length} bytes; at most {MostHeaderBytes} are read");
        var json = new byte[length];
        file.ReadExactly(json);
        var start = LengthBytes + (long)length;
        SafetensorsHeader header = new(path, start, file.Length - start);
        header.Parse(json);
        header.RequireNoGap();
        return header;
    }

    private static EyeSlotsException Damaged(string path, string why, Exception? inner = null) => new(
        ErrorCodes.CheckpointDamaged, $"{path} is damaged, or no safetensors file: {why}.", inner);

    private void Parse(byte[] json)
    {
        try
        {
            using var parsed = JsonDocument.Parse(json, new() { MaxDepth = 4 });
            if (parsed.RootElement.ValueKind != JsonValueKind.Object) throw Damaged(path, "its header is no JSON object");
            foreach (var field in parsed.RootElement.EnumerateObject()) Add(field.Name, field.Value);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw Damaged(path, $"its header is no JSON of a header ({error.Message.TrimEnd('.')})", error);
        }
    }

    private void Add(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object) throw Damaged(path, $"'{Shown(name)}' of its header is no object");
        if (name != MetadataName)
        {
            if (!Tensors.TryAdd(name, Entry(name, value))) throw Damaged(path, $"its header names '{Shown(name)}' twice");
            return;
        }

        foreach (var field in value.EnumerateObject())
        {
            if (field.Value.ValueKind != JsonValueKind.String || !Metadata.TryAdd(field.Name, field.Value.GetString()!))
                throw Damaged(path, $"its metadata's '{Shown(field.Name)}' is no text, or there twice");
        }
    }

    private SafetensorsEntry Entry(string name, JsonElement tensor)
    {
        EyeSlotsException Wrong(string why) => Damaged(path, $"tensor '{Shown(name)}' {why}");
        var fields = tensor.EnumerateObject().ToArray();
        if (fields.Length != 3 || fields.DistinctBy(field => field.Name).Count() != 3) throw Wrong("must have dtype, shape and data_offsets, once each");
        if (!tensor.TryGetProperty("dtype", out var dtype) || SafetensorsType.Of(dtype.GetString() ?? "") is not { } type)
            throw Wrong($"has a dtype that is none of {SafetensorsType.Names}");
        var (shape, offsets) = (Numbers(tensor, "shape", MostSides), Numbers(tensor, "data_offsets", 2));
        if (shape is null) throw Wrong($"has no shape of at most {MostSides} whole numbers from 0 on");
        if (offsets is not [var begin, var end] || begin > end || end > dataLength) throw Wrong($"does not lie within the file's {dataLength} bytes of data");
        if (Elements(shape) is not { } count || count > (end - begin) / type.Bytes || count * type.Bytes != end - begin)
            throw Wrong($"of {string.Join(" x ", shape)} elements does not have the {end - begin} bytes that its offsets leave");
        return new(type.Type, shape, dataStart + begin, end - begin);
    }

    private void RequireNoGap()
    {
        var at = dataStart;
        foreach (var (name, tensor) in Tensors.OrderBy(tensor => tensor.Value.Start).ThenBy(tensor => tensor.Value.Length))
        {
            if (tensor.Start != at) throw Damaged(path, $"tensor '{Shown(name)}' begins at byte {tensor.Start - dataStart} of the data, and the one before it ends at {at - dataStart}");
            at += tensor.Length;
        }

        if (at != dataStart + dataLength) throw Damaged(path, $"it has {dataLength} bytes of data, and its tensors {at - dataStart}");
    }

    private static long[]? Numbers(JsonElement tensor, string name, int most)
    {
        if (!tensor.TryGetProperty(name, out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > most) return null;
        var numbers = new long[list.GetArrayLength()];
        for (var at = 0; at < numbers.Length; at++)
        {
            if (list[at].ValueKind != JsonValueKind.Number || !list[at].TryGetInt64(out numbers[at]) || numbers[at] < 0) return null;
        }

        return numbers;
    }

    // Null where there are more than a file can hold.
    private static long? Elements(long[] shape)
    {
        if (shape.Contains(0)) return 0;
        long count = 1;
        foreach (var side in shape)
        {
            if (Math.BigMul((ulong)count, (ulong)side, out var product) != 0 || product > long.MaxValue) return null;
            count = (long)product;
        }

        return count;
    }

    private static string Shown(string name) => name.Length > 60 ? name[..60] + "…" : name;
}
