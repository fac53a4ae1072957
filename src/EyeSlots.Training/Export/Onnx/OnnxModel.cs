using EyeSlots.Training.Models;

namespace EyeSlots.Training.Export.Onnx;

/// <summary>
/// A network as ONNX: from bytes, N × H × W × channels with any N, to N × 2 numbers, with all between inside. Its operators are those of
/// opset 15 (ONNX 1.10; ONNX Runtime from 1.9 on): none is needed that came later.
/// </summary>
internal static class OnnxModel
{
    /// <summary>The one input and the one output.</summary>
    internal const string Pixels = "pixels", Outputs = "valence_arousal";

    // The versions of the operators and of the format, both ONNX 1.10's.
    private const int Opset = 15, Format = 8;

    /// <summary>The message; the same network and facts give the same bytes.</summary>
    internal static ModelProto Of(EyeNetwork network, ModelFacts facts)
    {
        OnnxGraph made = new(network);
        OnnxLayers.Add(made, network.Description, made.Normalised(Pixels), Outputs);
        var (graph, input) = (made.Graph, network.Input);
        graph.Input.Add(Value(Pixels, facts.InputText, TensorProto.Types.DataType.Uint8, input.Height, input.Width, input.Channels));
        graph.Output.Add(Value(Outputs, ModelFacts.OutputText, TensorProto.Types.DataType.Float, EyeNetwork.Outputs));
        return new()
        {
            IrVersion = Format, OpsetImport = { new OperatorSetIdProto { Domain = "", Version = Opset } }, ProducerName = ModelFacts.Producer, ProducerVersion = ModelFacts.Version,
            Graph = graph, MetadataProps = { facts.All.Select(fact => new StringStringEntryProto { Key = fact.Key, Value = fact.Value }) },
        };
    }

    private static ValueInfoProto Value(string name, string text, TensorProto.Types.DataType type, params int[] sides)
    {
        TensorShapeProto shape = new() { Dim = { new TensorShapeProto.Types.Dimension { DimParam = "N" } } };
        shape.Dim.Add(sides.Select(side => new TensorShapeProto.Types.Dimension { DimValue = side }));
        return new() { Name = name, DocString = text, Type = new() { TensorType = new() { ElemType = (int)type, Shape = shape } } };
    }
}
