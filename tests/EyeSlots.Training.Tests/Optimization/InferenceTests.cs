using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Models;
using EyeSlots.Training.Optimization;
using EyeSlots.Training.Tests.Tools;
using EyeSlots.Training.Torch;
using TorchSharp;

namespace EyeSlots.Training.Tests.Optimization;

/// <summary>Outputs without training.</summary>
[Collection(nameof(TorchSteps))]
public sealed class InferenceTests
{
    private static readonly InputShape Input = new(32, 16, false);

    static InferenceTests() => LibTorch.Load();

    [Theory]
    [InlineData("tiny")]
    [InlineData("M1")]
    [InlineData("WRN-16-2")]
    public void Predict_InBatchesOfAnotherSize_GivesAFaceTheSameNumbers(string model)
    {
        using var network = EyeNetwork.Create(ModelDescription.Of(model) with { Dropout = 0.5 }, Input, 0, 0, seed: 2).Stirred();
        var all = RandomBatch.Of(Input, 12, seed: 4);
        using (var step = new TrainingStep(network, new() { LearningRate = 1e-3 }, 3, torch.CPU)) step.Run(all, 0, 1);
        using var inference = new Inference(network, torch.CPU);
        var together = Predict(inference, all);
        Assert.Equal(together, Predict(inference, all));
        for (var face = 0; face < all.Count; face++)
        {
            var alone = Predict(inference, One(all, face));
            Assert.Equal(together[2 * face], alone[0], 1e-5f);
            Assert.Equal(together[(2 * face) + 1], alone[1], 1e-5f);
        }
    }

    [Fact]
    public void Predict_BetweenSteps_ChangesNothing()
    {
        var batch = RandomBatch.Of(Input, 8);
        float[] Losses(bool predict)
        {
            using var network = EyeNetwork.Create(ModelDescription.Of("tiny") with { Dropout = 0.5 }, Input, 0, 0, seed: 2).Stirred();
            using var step = new TrainingStep(network, new() { LearningRate = 1e-3 }, 6, torch.CPU);
            using var inference = new Inference(network, torch.CPU);
            return [.. Enumerable.Range(0, 6).Select(at =>
            {
                if (predict) Predict(inference, batch);
                return step.Run(batch, at, 1);
            })];
        }

        Assert.Equal(Losses(predict: false), Losses(predict: true));
    }

    [Fact]
    public void Predict_ManyTimes_LeavesAsManyTensorsAlive()
    {
        using var network = EyeNetwork.Create(ModelDescription.Of("tiny"), Input, 0, 0, seed: 2).Stirred();
        using var inference = new Inference(network, torch.CPU);
        var batch = RandomBatch.Of(Input, 8);
        Predict(inference, batch);
        var alive = LiveTensors.Count();
        for (var at = 0; at < 5; at++) Predict(inference, batch);
        Assert.Equal(alive, LiveTensors.Count());
    }

    private static float[] Predict(Inference inference, FaceBatch batch)
    {
        var outputs = new float[2 * batch.Count];
        inference.Predict(batch, outputs);
        return outputs;
    }

    private static FaceBatch One(FaceBatch of, int face)
    {
        FaceBatch one = new(1, Input);
        one.Reset(0, 0, 1);
        of.Pixels.Span.Slice(face * Input.Bytes, Input.Bytes).CopyTo(one.PixelsOf(0));
        one.Set(0, face, new(0, 0, null), 1, default);
        return one;
    }
}
