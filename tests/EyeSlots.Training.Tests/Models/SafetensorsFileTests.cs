using System.Buffers.Binary;
using System.Text;
using EyeSlots.Core;
using EyeSlots.Integration.Tests;
using EyeSlots.Training.Models;
using EyeSlots.Training.Torch;
using TorchSharp;

namespace EyeSlots.Training.Tests.Models;

/// <summary>Tensors in files, ours and hostile ones.</summary>
public sealed class SafetensorsFileTests
{
    private const string F32 = "\"dtype\": \"F32\"";

    static SafetensorsFileTests() => LibTorch.Load();

    [Fact]
    public void Write_OfEachType_ReadsBackBitForBit()
    {
        using var scratch = new Scratch();
        using var scope = torch.NewDisposeScope();
        torch.ScalarType[] types =
        [
            torch.ScalarType.Byte, torch.ScalarType.Float32, torch.ScalarType.Int64, torch.ScalarType.BFloat16, torch.ScalarType.Float64, torch.ScalarType.Int32, torch.ScalarType.Float16,
        ];
        KeyValuePair<string, torch.Tensor>[] tensors =
        [
            .. types.Select(type => KeyValuePair.Create($"some.{type}", (torch.rand(3, 5, 1) * 100).to(type))),
            KeyValuePair.Create("scalar", torch.tensor(7L)), KeyValuePair.Create("empty", torch.zeros(0, 4)),
            KeyValuePair.Create("turned \"é\"", torch.rand(4, 6).t()),
        ];
        SafetensorsFile.Write(scratch["t"], tensors, new Dictionary<string, string> { ["epoch"] = "3", ["ü"] = "\n" });
        using var file = SafetensorsFile.Open(scratch["t"]);
        Assert.Equal("3", file.Metadata["epoch"]);
        Assert.Equal("\n", file.Metadata["ü"]);
        file.RequireExactly(tensors);
        foreach (var (name, tensor) in tensors)
        {
            var read = torch.zeros_like(tensor);
            file.Read(name, read);
            Assert.True(read.eq(tensor).all().item<bool>(), name);
            Assert.Equal(0, file.Tensors[name].Start % tensor.element_size());
        }
    }

    [Theory]
    [InlineData("", 0, "it has 0 bytes")]
    [InlineData("{}", 3, "it has 3 bytes of data, and its tensors 0")]
    [InlineData("[]", 0, "its header is no JSON object")]
    [InlineData("{\"a\": ", 0, "its header is no JSON of a header")]
    [InlineData("{\"a\": [[[[[[[[1]]]]]]]]}", 0, "its header is no JSON of a header")]
    [InlineData("{\"a\": 1}", 0, "'a' of its header is no object")]
    [InlineData("{\"__metadata__\": {\"a\": 1}}", 0, "its metadata's 'a' is no text")]
    [InlineData("{\"a\": {" + F32 + ", \"shape\": [1]}}", 4, "must have dtype, shape and data_offsets")]
    [InlineData("{\"a\": {" + F32 + ", \"shape\": [1], \"data_offsets\": [0, 4], \"shape\": [1]}}", 4, "must have dtype, shape and data_offsets")]
    [InlineData("{\"a\": {\"dtype\": \"F7\", \"shape\": [1], \"data_offsets\": [0, 4]}}", 4, "has a dtype that is none of F64, I64, F32, I32, BF16, F16, U8")]
    [InlineData("{\"a\": {\"dtype\": 4, \"shape\": [1], \"data_offsets\": [0, 4]}}", 4, "its header is no JSON of a header")]
    [InlineData("{\"a\": {" + F32 + ", \"shape\": [-1], \"data_offsets\": [0, 4]}}", 4, "has no shape of at most 8")]
    [InlineData("{\"a\": {" + F32 + ", \"shape\": [1.5], \"data_offsets\": [0, 4]}}", 4, "has no shape of at most 8")]
    [InlineData("{\"a\": {" + F32 + ", \"shape\": [1,1,1,1,1,1,1,1,1], \"data_offsets\": [0, 4]}}", 4, "has no shape of at most 8")]
    [InlineData("{\"a\": {" + F32 + ", \"shape\": [2], \"data_offsets\": [0, 8]}}", 4, "does not lie within the file's 4 bytes")]
    [InlineData("{\"a\": {" + F32 + ", \"shape\": [1], \"data_offsets\": [4, 0]}}", 4, "does not lie within")]
    [InlineData("{\"a\": {" + F32 + ", \"shape\": [1], \"data_offsets\": [0, 4, 8]}}", 4, "does not lie within")]
    [InlineData("{\"a\": {" + F32 + ", \"shape\": [2], \"data_offsets\": [0, 4]}}", 4, "does not have the 4 bytes")]
    [InlineData("{\"a\": {" + F32 + ", \"shape\": [4611686018427387905], \"data_offsets\": [0, 4]}}", 4, "does not have the 4 bytes")]
    [InlineData("{\"a\": {" + F32 + ", \"shape\": [4294967296, 4294967297], \"data_offsets\": [0, 4]}}", 4, "does not have the 4 bytes")]
    [InlineData("{\"a\": {" + F32 + ", \"shape\": [1], \"data_offsets\": [0, 4]}, \"a\": {" + F32 + ", \"shape\": [1], \"data_offsets\": [4, 8]}}", 8, "names 'a' twice")]
    [InlineData("{\"a\": {" + F32 + ", \"shape\": [2], \"data_offsets\": [0, 8]}, \"b\": {" + F32 + ", \"shape\": [2], \"data_offsets\": [4, 12]}}", 12, "tensor 'b' begins at byte 4 of the data, and the one before it ends at 8")]
    [InlineData("{\"a\": {" + F32 + ", \"shape\": [1], \"data_offsets\": [4, 8]}}", 8, "tensor 'a' begins at byte 4")]
    [InlineData("{\"a\": {" + F32 + ", \"shape\": [1], \"data_offsets\": [0, 4]}}", 8, "it has 8 bytes of data, and its tensors 4")]
    public void Open_AHostileHeader_SaysWhatIsWrongAndWhere(string header, int data, string why)
    {
        using var scratch = new Scratch();
        File.WriteAllBytes(scratch["t"], header.Length == 0 ? [] : [.. Length((ulong)header.Length), .. Encoding.UTF8.GetBytes(header), .. new byte[data]]);
        AssertDamaged(scratch["t"], why);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(1000UL)]
    [InlineData(3UL)]
    public void Open_AHeaderBeyondTheFile_SaysSo(ulong length)
    {
        using var scratch = new Scratch();
        File.WriteAllBytes(scratch["t"], [.. Length(length), .. "{}"u8]);
        AssertDamaged(scratch["t"], $"its header would have {length} bytes, and the file ends after 10");
    }

    [Fact]
    public void Open_AFileCutAnywhere_IsDamaged()
    {
        using var scratch = new Scratch();
        using var scope = torch.NewDisposeScope();
        SafetensorsFile.Write(scratch["t"], [KeyValuePair.Create("a", torch.rand(7)), KeyValuePair.Create("b", torch.rand(2, 3))], new Dictionary<string, string>());
        var whole = File.ReadAllBytes(scratch["t"]);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(scratch["t"], whole[..length]);
            AssertDamaged(scratch["t"], "is damaged");
        }

        AssertDamaged(scratch["none"], "cannot be read");
    }

    [Fact]
    public void Read_OfAnotherArchitecture_NamesTheTensorAndBothShapes()
    {
        using var scratch = new Scratch();
        using var scope = torch.NewDisposeScope();
        SafetensorsFile.Write(scratch["t"], [KeyValuePair.Create("a.weight", torch.rand(7, 2)), KeyValuePair.Create("b", torch.rand(1))], new Dictionary<string, string>());
        using var file = SafetensorsFile.Open(scratch["t"]);
        Assert.Equal($"{scratch["t"]} has a.weight as F32 7 x 2, and the model as F32 2 x 7: it is of another architecture or input.", Mismatch(() => file.Read("a.weight", torch.rand(2, 7))));
        Assert.Contains("has a.weight as F32 7 x 2, and the model as F64 7 x 2", Mismatch(() => file.Read("a.weight", torch.rand(7, 2).to(torch.ScalarType.Float64))), StringComparison.Ordinal);
        Assert.Contains("has no tensor c, which is F32 scalar in the model", Mismatch(() => file.Read("c", torch.tensor(1f))), StringComparison.Ordinal);
        Assert.Contains("has a tensor b (F32 1), which the model has not", Mismatch(() => file.RequireExactly([KeyValuePair.Create("a.weight", torch.rand(7, 2))])), StringComparison.Ordinal);
    }

    private static byte[] Length(ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }

    private static string Mismatch(Action read)
    {
        var error = Assert.Throws<EyeSlotsException>(read);
        Assert.Equal(ErrorCodes.ModelMismatch, error.Code);
        return error.Message;
    }

    private static void AssertDamaged(string path, string why)
    {
        var error = Assert.Throws<EyeSlotsException>(() => SafetensorsFile.Open(path));
        Assert.Equal(ErrorCodes.CheckpointDamaged, error.Code);
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }
}
