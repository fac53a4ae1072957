using EyeSlots.Training.Optimization;

namespace EyeSlots.Training.Tests.Optimization;

/// <summary>The learning rate of each step.</summary>
public sealed class LearningRateScheduleTests
{
    [Fact]
    public void At_ConstantWithWarmUp_RisesEvenlyAndStays()
    {
        OptimizationOptions options = new() { LearningRate = 8, WarmUp = 4 };
        Assert.Equal([2, 4, 6, 8, 8, 8], Enumerable.Range(0, 6).Select(step => LearningRateSchedule.At(options, step, 6)));
    }

    [Fact]
    public void At_Cosine_FallsAsHalfACosineDoes()
    {
        OptimizationOptions options = new() { LearningRate = 2, WarmUp = 10, Schedule = ScheduleKind.Cosine };
        for (var step = 10; step < 110; step++)
        {
            Assert.Equal(1 + Math.Cos(Math.PI * (step - 10) / 100), LearningRateSchedule.At(options, step, 110), 1e-12);
        }

        Assert.Equal(0, LearningRateSchedule.At(options, 500, 110), 1e-12);
    }

    [Fact]
    public void At_CosineOfARunThatIsAllWarmUp_IsANumber() =>
        Assert.Equal(2, LearningRateSchedule.At(new() { LearningRate = 2, WarmUp = 10, Schedule = ScheduleKind.Cosine }, 10, 10));
}
