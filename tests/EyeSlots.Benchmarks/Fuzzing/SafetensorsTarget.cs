using System.Buffers.Binary;
using EyeSlots.Core;
using EyeSlots.Training.Models;

namespace EyeSlots.Benchmarks.Fuzzing;

/// <summary>Headers of safetensors files: bytes and values. What is accepted must fill the file's data, tensor behind tensor.</summary>
internal sealed class SafetensorsTarget : FuzzTarget
{
    private const int Data = 56;
    private static readonly byte[] Header = """
        {"__metadata__": {"format": "pt"}, "n": {"dtype": "I64", "shape": [], "data_offsets": [0, 8]},
         "a.weight": {"dtype": "F32", "shape": [2, 3, 2], "data_offsets": [8, 56]}, "empty": {"dtype": "F32", "shape": [0, 4], "data_offsets": [56, 56]}}
        """u8.ToArray();

    public override string Name => "safetensors";

    public override Task<byte[]> DrawAsync(Random random)
    {
        var good = File(Header);
        return Task.FromResult(random.Next(3) == 0 ? ByteMutation.Of(good, good, random) : File(JsonMutation.Of(Header, random)));
    }

    public override Task<string> ReadAsync(byte[] file)
    {
        using var stream = new MemoryStream(file);
        var header = SafetensorsHeader.Read("fuzz", stream);
        var at = stream.Position;
        foreach (var tensor in header.Tensors.Values.OrderBy(tensor => tensor.Start).ThenBy(tensor => tensor.Length))
        {
            if (tensor.Start != at || tensor.Shape.Any(side => side < 0)) throw new InvalidOperationException($"{tensor} begins at {tensor.Start} and not at {at}.");
            at += tensor.Length;
        }

        if (at != file.Length) throw new InvalidOperationException($"The tensors end at {at}, the file at {file.Length}.");
        return Task.FromResult(header.Tensors.Count == 3 ? "all tensors" : "other tensors");
    }

    public override bool IsRefusal(Exception error) => error is EyeSlotsException { Code: ErrorCodes.CheckpointDamaged };

    private static byte[] File(byte[] header)
    {
        var file = new byte[sizeof(ulong) + header.Length + Data];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)header.Length);
        header.CopyTo(file, sizeof(ulong));
        return file;
    }
}
