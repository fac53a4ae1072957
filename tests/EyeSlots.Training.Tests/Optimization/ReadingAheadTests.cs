using EyeSlots.Training.Loading;
using EyeSlots.Training.Optimization;
using EyeSlots.Training.Tests.Tools;
using EyeSlots.Training.Torch;
using TorchSharp;
using static EyeSlots.Training.Tests.Optimization.SmallNetwork;

namespace EyeSlots.Training.Tests.Optimization;

/// <summary>Steps on one batch after another, the next one sent while a step computes, or not.</summary>
[Collection(nameof(TorchSteps))]
public sealed class ReadingAheadTests
{
    static ReadingAheadTests() => LibTorch.Load();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Train_ReadingAheadOrNot_GivesTheLossesAndBytesOfStepsOneByOne(bool readsAhead)
    {
        var (losses, bytes) = (new List<float>(), new List<byte[]>());
        Take(step => Enumerable.Range(0, 6).Select(at => new TrainedBatch(at, 0, default, step.Run(Batches[at % 3], at + 10, 5))), false);
        var (wanted, wantedBytes) = (losses.ToArray(), bytes.ToArray());
        Take(step => step.Train(Numbered(6), at => at + 10, 5), readsAhead);
        Assert.Equal(wanted, losses);
        Assert.Equal(wantedBytes, bytes);

        void Take(Func<TrainingStep, IEnumerable<TrainedBatch>> train, bool ahead)
        {
            losses.Clear();
            bytes.Clear();
            using var network = Create(Model);
            using var step = new TrainingStep(network, new OptimizationOptions { LearningRate = 1e-3 }, Steps, torch.CPU) { ReadsAhead = ahead };
            foreach (var batch in train(step))
            {
                losses.Add(batch.Loss);
                bytes.Add(Bytes(step));
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Train_OnBatchesThatFail_TellsOfTheStepsBefore(bool readsAhead)
    {
        using var network = Create(Model);
        using var step = new TrainingStep(network, new(), Steps, torch.CPU) { ReadsAhead = readsAhead };
        List<int> trained = [];
        Assert.Throws<InvalidDataException>(() => trained.AddRange(step.Train(Failing(), at => at, 5).Select(batch => batch.Index)));
        Assert.Equal([0, 1, 2], trained);
        Assert.Equal(3, step.State.Single(state => state.Key == "optimizer.step").Value.item<float>());

        static IEnumerable<FaceBatch> Failing()
        {
            foreach (var batch in Numbered(3)) yield return batch;
            throw new InvalidDataException();
        }
    }

    // As the loader gives them: one memory for all.
    private static IEnumerable<FaceBatch> Numbered(int count)
    {
        FaceBatch same = new(16, Input);
        for (var at = 0; at < count; at++)
        {
            var from = Batches[at % Batches.Count];
            same.Reset(0, at, from.Count);
            for (var face = 0; face < from.Count; face++)
            {
                from.Pixels.Span.Slice(face * Input.Bytes, Input.Bytes).CopyTo(same.PixelsOf(face));
                same.Set(face, face, new(from.Targets.Span[2 * face], from.Targets.Span[(2 * face) + 1], null), from.Weights.Span[face], default);
            }

            yield return same;
            same.Reset(0, -1, 0);
        }
    }
}
