using EyeSlots.Training.Export.Onnx;
using EyeSlots.Training.Loading;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EyeSlots.Training.Tests.Export;

/// <summary>A file of ONNX as ONNX Runtime reads and computes it.</summary>
internal sealed class OnnxRuntime : IDisposable
{
    private readonly InferenceSession session;

    public OnnxRuntime(string file)
    {
        // Its threads would spin, and take the cores from other tests.
        using SessionOptions options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        session = new(file, options);
    }

    /// <summary>What the file says of the model.</summary>
    public ModelMetadata Metadata => session.ModelMetadata;

    /// <summary>The input's and the output's sides; -1 where any number goes.</summary>
    public (int[] Input, int[] Output) Shapes => (session.InputMetadata[OnnxModel.Pixels].Dimensions, session.OutputMetadata[OnnxModel.Outputs].Dimensions);

    /// <summary>Valence and arousal of each face, from the bytes as the loader lays them out.</summary>
    public float[] Predict(FaceBatch batch)
    {
        DenseTensor<byte> pixels = new(batch.Pixels.ToArray(), [batch.Count, .. Shapes.Input[1..]]);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor(OnnxModel.Pixels, pixels)]);
        return [.. Assert.Single(results).AsTensor<float>()];
    }

    public void Dispose() => session.Dispose();
}
