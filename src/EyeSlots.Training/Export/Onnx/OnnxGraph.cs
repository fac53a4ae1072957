using EyeSlots.Training.Models;
using Google.Protobuf;
using TorchSharp;

namespace EyeSlots.Training.Export.Onnx;

/// <summary>
/// A graph in the making. Each method adds an operator behind a value, named as PyTorch names the module that it stands for, and returns the
/// name of what comes out, which is the operator's. Weights keep PyTorch's names.
/// </summary>
/// <param name="network">Where the weights come from.</param>
internal sealed class OnnxGraph(EyeNetwork network)
{
    // What torch's own normalisation is made with.
    private const float Epsilon = 1e-5f;
    private readonly Dictionary<string, torch.Tensor> state = new(NetworkState.Of(network), StringComparer.Ordinal);

    /// <summary>What there is of it.</summary>
    internal GraphProto Graph { get; } = new() { Name = network.Description.Name };

    /// <summary>Whether the network has a layer of the name, with weights.</summary>
    internal bool Has(string name) => state.ContainsKey($"{name}.weight");

    /// <summary>A convolution without a bias, whose output is as large as its input over the stride.</summary>
    internal string Convolution(string name, string input, int stride)
    {
        var weight = Weight($"{name}.weight");
        var side = weight.Dims[^1];
        long edge = side / 2;
        return Add("Conv", name, [input, weight.Name], Of("kernel_shape", side, side), Of("strides", stride, stride), Of("pads", edge, edge, edge, edge));
    }

    /// <summary>Batch normalisation by the means and variances that training has gathered.</summary>
    internal string Normalisation(string name, string input)
    {
        var weights = ((string[])["weight", "bias", "running_mean", "running_var"]).Select(of => Weight($"{name}.{of}").Name);
        return Add("BatchNormalization", name, [input, .. weights], new AttributeProto { Name = "epsilon", F = Epsilon, Type = AttributeProto.Types.AttributeType.Float });
    }

    /// <summary>A dense layer; the last one of a network gives its output a name of its own.</summary>
    internal string Dense(string name, string input, string? output = null)
    {
        Add("Gemm", name, [input, Weight($"{name}.weight").Name, Weight($"{name}.bias").Name], Of("transB", 1));
        return output is null ? name : Graph.Node[^1].Output[0] = output;
    }

    /// <summary>The larger of 0 and the value.</summary>
    internal string Relu(string name, string input) => Add("Relu", name, [input]);

    /// <summary>The largest of each 2 × 2 pixels.</summary>
    internal string MaxPool(string name, string input) => Add("MaxPool", name, [input], Of("kernel_shape", 2L, 2L), Of("strides", 2L, 2L));

    /// <summary>The mean of each channel.</summary>
    internal string Average(string name, string input) => Add("GlobalAveragePool", name, [input]);

    /// <summary>All values of a face in one row.</summary>
    internal string Flatten(string name, string input) => Add("Flatten", name, [input]);

    /// <summary>The sum of two values.</summary>
    internal string Sum(string name, string one, string other) => Add("Add", name, [one, other]);

    /// <summary>N × H × W × C bytes as N × C × H × W numbers from −1 to 1: pixel / 127.5 − 1.</summary>
    internal string Normalised(string bytes)
    {
        var turned = Add("Transpose", "input.channels_first", [bytes], Of("perm", 0L, 3L, 1L, 2L));
        var numbers = Add("Cast", "input.float", [turned], Of("to", (long)TensorProto.Types.DataType.Float));
        var scaled = Add("Div", "input.scaled", [numbers, Number("input.half_range", 127.5f)]);
        return Add("Sub", "input.normalised", [scaled, Number("input.one", 1f)]);
    }

    private string Add(string kind, string name, string[] inputs, params AttributeProto[] attributes)
    {
        Graph.Node.Add(new NodeProto { OpType = kind, Name = name, Input = { inputs }, Output = { name }, Attribute = { attributes } });
        return name;
    }

    private TensorProto Weight(string name)
    {
        using var scope = torch.NewDisposeScope();
        var values = state[name].detach().cpu().contiguous();
        TensorProto tensor = new() { Name = name, DataType = (int)TensorProto.Types.DataType.Float, Dims = { values.shape }, RawData = ByteString.CopyFrom(values.bytes) };
        Graph.Initializer.Add(tensor);
        return tensor;
    }

    private string Number(string name, float value)
    {
        Graph.Initializer.Add(new TensorProto { Name = name, DataType = (int)TensorProto.Types.DataType.Float, RawData = ByteString.CopyFrom(BitConverter.GetBytes(value)) });
        return name;
    }

    private static AttributeProto Of(string name, long value) => new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    private static AttributeProto Of(string name, params long[] values) => new() { Name = name, Ints = { values }, Type = AttributeProto.Types.AttributeType.Ints };
}
