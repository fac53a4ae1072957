using EyeSlots.Core;
using EyeSlots.Training.Torch;

namespace EyeSlots.Training.Tests.Torch;

/// <summary>Threads of an operation.</summary>
public sealed class TorchThreadsTests
{
    [Fact]
    public void Use_OfANumber_IsWhatTorchTakes()
    {
        TorchThreads.Use(2);
        Assert.Equal(2, TorchThreads.InUse);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1025)]
    public void Use_OutsideItsRange_IsAWrongCommandLine(int threads)
    {
        var failed = Assert.Throws<EyeSlotsException>(() => TorchThreads.Use(threads));
        Assert.Equal((ErrorCodes.Usage, $"--threads must lie between 1 and 1024, not {threads}."), (failed.Code, failed.Message));
    }

    [Fact]
    public void Load_SetsHowLibgompWaits()
    {
        LibTorch.Load();
        Assert.Equal(Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") ?? "passive", WaitPolicy.Current);
    }
}
