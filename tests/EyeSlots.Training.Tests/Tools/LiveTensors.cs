using TorchSharp;

namespace EyeSlots.Training.Tests.Tools;

/// <summary>Tensors that TorchSharp holds.</summary>
internal static class LiveTensors
{
    /// <summary>Those that this thread has made and nobody has disposed of.</summary>
    public static long Count() => DisposeScopeManager.Statistics.ThreadTotalLiveCount;
}
