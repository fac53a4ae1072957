using EyeSlots.Training.Models;

namespace EyeSlots.Training.Export.Onnx;

/// <summary>The layers of each kind of network, as it computes outside training: dropout does nothing there.</summary>
internal static class OnnxLayers
{
    /// <summary>Adds a network's layers behind normalised pixels.</summary>
    /// <param name="graph">Where to.</param>
    /// <param name="model">What the network was made from.</param>
    /// <param name="pixels">The value that goes in, N × C × H × W.</param>
    /// <param name="outputs">The name of the value that comes out, N × 2.</param>
    internal static void Add(OnnxGraph graph, ModelDescription model, string pixels, string outputs)
    {
        switch (model)
        {
            case VggDescription vgg:
                AddVgg(graph, vgg, pixels, outputs);
                break;
            case WideResNetDescription wide:
                AddWideResNet(graph, wide, pixels, outputs);
                break;
            default:
                throw new ArgumentException($"{model.GetType().Name} has no layers.", nameof(model));
        }
    }

    private static void AddVgg(OnnxGraph graph, VggDescription vgg, string pixels, string outputs)
    {
        var seen = pixels;
        for (var block = 0; block < vgg.Blocks.Length; block++)
        {
            string Layer(int layer) => $"features.{block}.{layer}";
            for (var first = 0; first < 6; first += 3)
            {
                var convolved = graph.Convolution(Layer(first), seen, stride: 1);
                seen = graph.Relu(Layer(first + 2), graph.Normalisation(Layer(first + 1), convolved));
            }

            seen = graph.MaxPool(Layer(6), seen);
        }

        seen = graph.Flatten("flat", seen);
        for (var dense = 0; dense < vgg.Dense.Length; dense++)
            seen = graph.Relu($"classifier.{(3 * dense) + 1}", graph.Dense($"classifier.{3 * dense}", seen));
        graph.Dense($"classifier.{3 * vgg.Dense.Length}", seen, outputs);
    }

    private static void AddWideResNet(OnnxGraph graph, WideResNetDescription wide, string pixels, string outputs)
    {
        var seen = graph.Convolution("conv1", pixels, stride: 1);
        for (var group = 1; group <= 3; group++)
        {
            for (var block = 0; block < wide.BlocksInGroup; block++)
                seen = AddWideBlock(graph, $"layer{group}.{block}", seen, stride: group > 1 && block == 0 ? 2 : 1);
        }

        seen = graph.Relu("relu", graph.Normalisation("bn1", seen));
        graph.Dense("fc", graph.Flatten("flat", graph.Average("mean", seen)), outputs);
    }

    private static string AddWideBlock(OnnxGraph graph, string name, string input, int stride)
    {
        var seen = graph.Relu($"{name}.relu1", graph.Normalisation($"{name}.bn1", input));
        var inner = graph.Convolution($"{name}.conv1", seen, stride);
        inner = graph.Relu($"{name}.relu2", graph.Normalisation($"{name}.bn2", inner));
        var added = graph.Convolution($"{name}.conv2", inner, stride: 1);
        var around = $"{name}.shortcut";
        return graph.Sum($"{name}.sum", added, graph.Has(around) ? graph.Convolution(around, seen, stride) : input);
    }
}
