using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Storage;

public sealed class ProcessLockTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public void Lock_TakenTwice_NamesWhoHasItUntilItIsGivenBack()
    {
        using (ProcessLock.TryTake(folder.At("lock"), out var mine))
        {
            Assert.Equal("", mine);
            Assert.Null(ProcessLock.TryTake(folder.At("lock"), out var holder));
            Assert.Equal($"process {Environment.ProcessId} on {Environment.MachineName}", holder);
        }

        using var again = ProcessLock.TryTake(folder.At("lock"), out _);
        Assert.NotNull(again);
    }

    public void Dispose() => folder.Dispose();
}
