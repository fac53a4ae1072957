using EyeSlots.Core;
using EyeSlots.Training.Models;
using EyeSlots.Training.Optimization;

namespace EyeSlots.Training.Tests.Optimization;

/// <summary>What options may be.</summary>
public sealed class OptimizationOptionsTests
{
    public static TheoryData<OptimizationOptions, string> Wrong => new()
    {
        { new() { LearningRate = 0 }, "--learning-rate must be above 0 and finite, not 0." },
        { new() { LearningRate = double.NaN }, "--learning-rate must be above 0 and finite, not NaN." },
        { new() { LearningRate = double.PositiveInfinity }, "--learning-rate must be above 0 and finite, not Infinity." },
        { new() { WeightDecay = -1 }, "--weight-decay must lie between 0 and 1, not -1." },
        { new() { Momentum = 1 }, "--momentum must lie between 0 and 0.999, not 1." },
        { new() { CccWeight = 2 }, "--ccc-weight must lie between 0 and 1, not 2." },
        { new() { WarmUp = -1 }, "--warm-up must lie between 0 and 1000000, not -1." },
        { new() { ClipNorm = -1 }, "--clip-norm must lie between 0 and 1000000, not -1." },
        { new() { Loss = (LossKind)7 }, "--loss has no value 7." },
        { new() { Optimizer = (OptimizerKind)7 }, "--optimizer has no value 7." },
        { new() { Schedule = (ScheduleKind)7 }, "--schedule has no value 7." },
        { new() { Precision = (Precision)7 }, "--precision has no value 7." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Validated_AWrongValue_SaysWhatIsAllowed(OptimizationOptions options, string text)
    {
        var error = Assert.Throws<EyeSlotsException>(options.Validated);
        Assert.Equal((ErrorCodes.Usage, text), (error.Code, error.Message));
    }

    [Fact]
    public void Validated_DefaultsAndALearningRateThatDiverges_Pass()
    {
        Assert.Equal(new(), new OptimizationOptions().Validated());
        Assert.Equal(1e30, new OptimizationOptions { LearningRate = 1e30 }.Validated().LearningRate);
    }
}
