using EyeSlots.Core;
using TorchSharp;

namespace EyeSlots.Training.Torch;

/// <summary>
/// How many threads compute one operation on the CPU. Sums are split among them, so another number gives other last digits: a run keeps
/// its own, wherever it resumes.
/// </summary>
public static class TorchThreads
{
    private const int Most = 1024;

    /// <summary>The cores that this process may use.</summary>
    public static int Usual => Environment.ProcessorCount;

    /// <summary>Demands a number that can be used.</summary>
    /// <exception cref="EyeSlotsException">usage: it lies outside 1 to 1,024.</exception>
    public static int Validated(int threads)
    {
        Require.Between("--threads", threads, 1, Most);
        return threads;
    }

    /// <summary>Lets every operation of this process take so many, from now on. Loads libtorch.</summary>
    public static void Use(int threads)
    {
        LibTorch.Load();
        torch.set_num_threads(Validated(threads));
    }

    /// <summary>The number in use. Loads libtorch.</summary>
    public static int InUse
    {
        get
        {
            LibTorch.Load();
            return torch.get_num_threads();
        }
    }
}
