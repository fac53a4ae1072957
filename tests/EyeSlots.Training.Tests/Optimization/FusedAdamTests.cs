using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Models;
using EyeSlots.Training.Optimization;
using EyeSlots.Training.Tests.Tools;
using EyeSlots.Training.Torch;
using TorchSharp;

namespace EyeSlots.Training.Tests.Optimization;

/// <summary>libtorch's fused kernels beside the plain calls.</summary>
public sealed class FusedAdamTests
{
    static FusedAdamTests() => LibTorch.Load();

    [Theory]
    [InlineData(OptimizerKind.Adam, 0)]
    [InlineData(OptimizerKind.Adam, 0.01)]
    [InlineData(OptimizerKind.AdamW, 0.01)]
    public void Step_FusedAndPlain_GiveTheSameNumbers(OptimizerKind kind, double weightDecay)
    {
        OptimizationOptions options = new() { Optimizer = kind, WeightDecay = weightDecay };
        using var scope = torch.NewDisposeScope();
        using var one = Create();
        using var other = Create();
        using Adam fused = new(one, options);
        using Adam plain = new(other, options, fuse: false);
        Assert.True(fused.IsFused);
        Assert.False(plain.IsFused);
        for (var step = 0; step < 20; step++)
        {
            foreach (var (name, parameter) in one.named_parameters())
            {
                parameter.grad = torch.randn_like(parameter) * 0.1;
                other.get_parameter(name)!.grad = parameter.grad!.clone();
            }

            fused.Step(1e-3);
            plain.Step(1e-3);
        }

        Assert.All(
            NetworkState.Of(one).Zip(NetworkState.Of(other)).Concat(fused.State.Zip(plain.State)),
            pair => Assert.InRange((pair.First.Value.to(torch.ScalarType.Float64) - pair.Second.Value).abs().max().item<double>(), 0, 1e-6));
        Assert.Equal(20, fused.State.Single(state => state.Key == "step").Value.item<float>());
    }

    private static EyeNetwork Create() => EyeNetwork.Create(ModelDescription.Of("tiny"), InputShape.Default, 0, 0, seed: 1).Stirred();
}
