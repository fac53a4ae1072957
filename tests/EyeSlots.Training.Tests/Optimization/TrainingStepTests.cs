using EyeSlots.Core;
using EyeSlots.Integration.Tests;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Models;
using EyeSlots.Training.Optimization;
using EyeSlots.Training.Tests.Tools;
using EyeSlots.Training.Torch;
using TorchSharp;

namespace EyeSlots.Training.Tests.Optimization;

/// <summary>Steps of training on random batches.</summary>
[Collection(nameof(TorchSteps))]
public sealed class TrainingStepTests
{
    private const int Steps = 20;

    // Dropout, so that a step depends on torch's generator.
    private static readonly ModelDescription Model = ModelDescription.Of("tiny") with { Dropout = 0.3 };
    private static readonly InputShape Input = new(32, 16, false);
    private static readonly FaceBatch[] Batches = [.. Enumerable.Range(0, 3).Select(seed => RandomBatch.Of(Input, 16 - seed, seed))];

    static TrainingStepTests() => LibTorch.Load();

    public static TheoryData<OptimizationOptions> Kinds => new(
        new OptimizationOptions { LearningRate = 1e-3 },
        new OptimizationOptions
        {
            LearningRate = 1e-3, Optimizer = OptimizerKind.AdamW, WeightDecay = 0.01, Loss = LossKind.Both, Schedule = ScheduleKind.Cosine, WarmUp = 3,
        },
        new OptimizationOptions { LearningRate = 1e-2, Optimizer = OptimizerKind.Sgd, WeightDecay = 1e-4, ClipNorm = 0.5 });

    [Theory]
    [InlineData(LossKind.Mse)]
    [InlineData(LossKind.Ccc)]
    [InlineData(LossKind.Both)]
    public void Run_ManyTimes_MakesTheLossSmall(LossKind loss)
    {
        using var network = Create(ModelDescription.Of("tiny"));
        using var step = new TrainingStep(network, new() { LearningRate = 1e-3, Loss = loss }, 40, torch.CPU);
        var losses = Enumerable.Range(0, 40).Select(at => step.Run(Batches[0], at, 5)).ToArray();
        Assert.True(losses[^1] < losses[0] / 4, string.Join(" ", losses));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Run_Twice_GivesTheSameBytes(OptimizationOptions options)
    {
        var first = Train(options, seed: 5);
        Assert.Equal(first, Train(options, seed: 5));
        Assert.NotEqual(first, Train(options, seed: 6));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Load_InTheMiddle_GoesOnToTheSameBytes(OptimizationOptions options)
    {
        using var scratch = new Scratch();
        byte[] Part(int from, int to)
        {
            using var network = Create(Model);
            using var step = new TrainingStep(network, options, Steps, torch.CPU);
            if (from > 0)
            {
                using var file = SafetensorsFile.Open(scratch["middle"]);
                step.Load(file);
            }

            for (var at = from; at < to; at++) step.Run(Batches[at % Batches.Length], at, 5);
            File.WriteAllBytes(scratch["middle"], Bytes(step));
            return Bytes(step);
        }

        Part(0, 7);
        Part(7, 8);
        Assert.Equal(Train(options, seed: 5), Part(8, Steps));
    }

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
            using var step = new TrainingStep(network, Kinds.First().Data, Steps, torch.CPU) { ReadsAhead = ahead };
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

    [Fact]
    public void Load_OfAnotherModel_NamesTheTensorAndBothShapes()
    {
        using var scratch = new Scratch();
        using (var network = Create(Model))
        using (var step = new TrainingStep(network, new(), Steps, torch.CPU)) SafetensorsFile.Write(scratch["state"], step.State, new Dictionary<string, string>());
        using var wider = Create(new VggDescription("wider", [16, 32, 65], [64], 0, 1));
        using var other = new TrainingStep(wider, new(), Steps, torch.CPU);
        using var file = SafetensorsFile.Open(scratch["state"]);
        var error = Assert.Throws<EyeSlotsException>(() => other.Load(file));
        Assert.Equal(ErrorCodes.ModelMismatch, error.Code);
        Assert.Contains("has model.features.2.0.weight as F32 64 x 32 x 3 x 3, and the model as F32 65 x 32 x 3 x 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_FromTheSecondStepOn_LeavesAsManyTensorsAlive()
    {
        using var network = Create(ModelDescription.Of("WRN-16-2"));
        using var step = new TrainingStep(network, new() { Loss = LossKind.Both, ClipNorm = 1 }, Steps, torch.CPU);
        long[] alive = new long[6];
        for (var at = 0; at < alive.Length; at++)
        {
            step.Run(Batches[0], at, 5);
            alive[at] = LiveTensors.Count();
        }

        Assert.All(alive[1..], count => Assert.Equal(alive[1], count));
    }

    [Fact]
    public void Run_WithALearningRateOf1e30_SaysALossThatIsNoNumber()
    {
        using var network = Create(Model);
        using var step = new TrainingStep(network, new() { LearningRate = 1e30 }, Steps, torch.CPU);
        Assert.Contains(Enumerable.Range(0, 5).Select(at => step.Run(Batches[0], at, 5)), loss => !float.IsFinite(loss));
    }

    [Theory]
    [InlineData(Precision.BFloat16, "--precision bfloat16 needs --device cuda; the CPU trains in float32.")]
    [InlineData(Precision.Tf32, "--precision tf32 needs --device cuda; the CPU trains in float32.")]
    public void Create_OnTheCpuWithACardsPrecision_IsAWrongCommandLine(Precision precision, string text)
    {
        using var network = Create(Model);
        var error = Assert.Throws<EyeSlotsException>(() => new TrainingStep(network, new() { Precision = precision }, Steps, torch.CPU));
        Assert.Equal((ErrorCodes.Usage, text), (error.Code, error.Message));
    }

    [Theory]
    [InlineData("tiny")]
    [InlineData("WRN-16-2")]
    public void Forward_InBFloat16_IsFloat32sButForItsDigits(string model)
    {
        // The CPU trains in float32 alone, but the casts are the same there.
        using var scope = torch.NewDisposeScope();
        using var network = Create(ModelDescription.Of(model));
        using var sender = new BatchSender(Input, torch.CPU);
        using var sent = sender.Send(Batches[0]);
        network.eval();
        var exact = network.call(sent.Input);
        network.Precision = Precision.BFloat16;
        var cast = network.call(sent.Input);
        cast.sum().backward();
        Assert.Equal(torch.ScalarType.Float32, cast.dtype);
        Assert.InRange((cast - exact).abs().max().item<float>(), 1e-6f, 0.05f);
        Assert.All(network.parameters(), parameter => Assert.Equal(torch.ScalarType.Float32, parameter.grad!.dtype));
    }

    private static EyeNetwork Create(ModelDescription model) => EyeNetwork.Create(model, Input, 0.1f, -0.1f, seed: 1);

    [Theory]
    [InlineData("tiny")]
    [InlineData("WRN-16-2")]
    public void Forward_WithWeightsAndPixelsChannelsLast_GivesThePlainNumbers(string model)
    {
        using var scope = torch.NewDisposeScope();
        using var last = Create(ModelDescription.Of(model) with { Dropout = 0 });
        using var plain = Create(last.Description);
        foreach (var parameter in plain.parameters().Where(parameter => parameter.dim() == 4))
        {
            using var none = torch.no_grad();
            parameter.set_(parameter.contiguous());
        }

        using var sender = new BatchSender(Input, torch.CPU);
        using var sent = sender.Send(Batches[0]);
        Assert.False(last.parameters().First().is_contiguous());
        Assert.True(plain.parameters().First().is_contiguous());
        var difference = (last.call(sent.Input) - plain.call(sent.Input.contiguous())).abs().max().item<float>();
        Assert.InRange(difference, 0, 1e-6f);
    }

    // As the loader gives them: one memory for all.
    private static IEnumerable<FaceBatch> Numbered(int count)
    {
        FaceBatch same = new(16, Input);
        for (var at = 0; at < count; at++)
        {
            var from = Batches[at % Batches.Length];
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

    private static byte[] Train(OptimizationOptions options, ulong seed)
    {
        using var network = Create(Model);
        using var step = new TrainingStep(network, options, Steps, torch.CPU);
        for (var at = 0; at < Steps; at++) step.Run(Batches[at % Batches.Length], at, seed);
        return Bytes(step);
    }

    private static byte[] Bytes(TrainingStep step)
    {
        using var stream = new MemoryStream();
        SafetensorsFile.Write(stream, step.State, new Dictionary<string, string>());
        return stream.ToArray();
    }
}
