using EyeSlots.Training.Torch;

namespace EyeSlots.Training.Tests.Torch;

/// <summary>Functions of libtorch that are called by their C++ names; they are there in the CPU build too.</summary>
public sealed class CudnnChoiceTests
{
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Set_ReadsBackWhatWasSet(bool deterministic, bool benchmark)
    {
        var choice = CudnnChoice.Of(LibTorch.Load());
        Assert.NotNull(choice);
        (choice.Deterministic, choice.Benchmark) = (deterministic, benchmark);
        Assert.Equal((deterministic, benchmark), (choice.Deterministic, choice.Benchmark));
        Assert.NotNull(CudnnChoice.Of(LibTorch.Load()));
        Assert.Equal((deterministic, benchmark), (choice.Deterministic, choice.Benchmark)); // trying it leaves it as it was
    }
}
