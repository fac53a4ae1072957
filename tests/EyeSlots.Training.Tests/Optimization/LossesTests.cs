using EyeSlots.Training.Optimization;
using EyeSlots.Training.Torch;
using TorchSharp;

namespace EyeSlots.Training.Tests.Optimization;

/// <summary>Losses beside the same in double by hand.</summary>
public sealed class LossesTests
{
    private static readonly float[,] Outputs = { { 0.5f, -1 }, { 0.1f, 0.3f }, { -0.7f, 0.9f }, { 0.2f, 0.2f } };
    private static readonly float[,] Targets = { { 0.4f, -0.8f }, { 0.3f, 0.1f }, { -0.9f, 0.5f }, { -0.1f, 0.6f } };

    static LossesTests() => LibTorch.Load();

    [Theory]
    [InlineData(1f, 1f, 1f, 1f)]
    [InlineData(2f, 1f, 0.2f, 0.8f)]
    public void Of_EachKind_IsItsFormula(params float[] weights)
    {
        var (error, ccc) = (ByHandMse(weights), ByHandCcc(weights));
        Assert.Equal(error, Loss(new() { Loss = LossKind.Mse }, Outputs, Targets, weights), 1e-6);
        Assert.Equal(ccc, Loss(new() { Loss = LossKind.Ccc }, Outputs, Targets, weights), 1e-6);
        Assert.Equal((0.7 * error) + (0.3 * ccc), Loss(new() { Loss = LossKind.Both, CccWeight = 0.3 }, Outputs, Targets, weights), 1e-6);
    }

    [Theory]
    [InlineData(LossKind.Ccc)]
    [InlineData(LossKind.Both)]
    public void Of_ConstantLabelsAndOutputs_IsANumberWithGradients(LossKind loss)
    {
        float[,] same = { { 0.5f, 0 }, { 0.5f, 0 }, { 0.5f, 0 }, { 0.5f, 0 } };
        using var scope = torch.NewDisposeScope();
        foreach (var outputs in (float[][,])[same, Outputs])
        {
            var tensor = torch.tensor(outputs, requires_grad: true);
            var value = Losses.Of(new() { Loss = loss }, tensor, torch.tensor(same), torch.ones(4, 1));
            value.backward();
            Assert.True(float.IsFinite(value.item<float>()));
            Assert.True(tensor.grad!.isfinite().all().item<bool>());
        }
    }

    [Fact]
    public void Of_ShapesThatTorchWouldStretch_IsRefused()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Throws<ArgumentException>(() => Losses.Of(new(), torch.zeros(4, 2), torch.zeros(4, 1), torch.ones(4, 1)));
        Assert.Throws<ArgumentException>(() => Losses.Of(new(), torch.zeros(4, 2), torch.zeros(1, 2), torch.ones(4, 1)));
        Assert.Throws<ArgumentException>(() => Losses.Of(new(), torch.zeros(4, 2), torch.zeros(4, 2), torch.ones(4)));
    }

    private static float Loss(OptimizationOptions options, float[,] outputs, float[,] targets, float[] weights)
    {
        using var scope = torch.NewDisposeScope();
        return Losses.Of(options, torch.tensor(outputs), torch.tensor(targets), torch.tensor(weights, [weights.Length, 1])).item<float>();
    }

    private static double ByHandMse(float[] weights)
    {
        var sum = 0.0;
        for (var face = 0; face < weights.Length; face++)
        {
            for (var output = 0; output < 2; output++) sum += weights[face] * Square(Outputs[face, output] - Targets[face, output]);
        }

        return sum / (2 * weights.Length);
    }

    private static double ByHandCcc(float[] weights)
    {
        var sum = 0.0;
        for (var output = 0; output < 2; output++)
        {
            double Mean(Func<int, double> value) => Enumerable.Range(0, weights.Length).Sum(face => weights[face] * value(face)) / weights.Sum();
            var (p, t) = (Mean(face => Outputs[face, output]), Mean(face => Targets[face, output]));
            var covariance = Mean(face => (Outputs[face, output] - p) * (Targets[face, output] - t));
            sum += 2 * covariance / (Mean(face => Square(Outputs[face, output] - p)) + Mean(face => Square(Targets[face, output] - t)) + Square(p - t));
        }

        return 1 - (sum / 2);
    }

    private static double Square(double value) => value * value;
}
