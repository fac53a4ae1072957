using System.Runtime.InteropServices;
using EyeSlots.Core;
using TorchSharp;

namespace EyeSlots.Training.Torch;

/// <summary>
/// Whether cuDNN takes only algorithms that give the same bits each time, and whether it tries which is fastest. TorchSharp has no call for
/// it, so libtorch's own C++ functions are called by their names, where they are there and do what they say.
/// </summary>
internal sealed unsafe class CudnnChoice
{
    private readonly nint context;
    private readonly delegate* unmanaged<nint, byte, void> setDeterministic, setBenchmark;
    private readonly delegate* unmanaged<nint, byte> isDeterministic, isBenchmark;

    private CudnnChoice(nint context, nint setDeterministic, nint isDeterministic, nint setBenchmark, nint isBenchmark)
    {
        this.context = context;
        this.setDeterministic = (delegate* unmanaged<nint, byte, void>)setDeterministic;
        this.isDeterministic = (delegate* unmanaged<nint, byte>)isDeterministic;
        this.setBenchmark = (delegate* unmanaged<nint, byte, void>)setBenchmark;
        this.isBenchmark = (delegate* unmanaged<nint, byte>)isBenchmark;
    }

    /// <summary>Only algorithms that give the same bits each time.</summary>
    public bool Deterministic
    {
        get => isDeterministic(context) != 0;
        set => setDeterministic(context, value ? (byte)1 : (byte)0);
    }

    /// <summary>Algorithms are tried, and the fastest kept: which one may differ from run to run.</summary>
    public bool Benchmark
    {
        get => isBenchmark(context) != 0;
        set => setBenchmark(context, value ? (byte)1 : (byte)0);
    }

    /// <summary>The choice of this libtorch, or null where it has no such functions, or they do not read back what was set.</summary>
    public static CudnnChoice? Of(LibTorchLibrary library)
    {
        if (!NativeLibrary.TryGetExport(library.Cpu, "_ZN2at13globalContextEv", out var global)
            || !NativeLibrary.TryGetExport(library.Cpu, "_ZN2at7Context21setDeterministicCuDNNEb", out var setDeterministic)
            || !NativeLibrary.TryGetExport(library.Cpu, "_ZNK2at7Context18deterministicCuDNNEv", out var isDeterministic)
            || !NativeLibrary.TryGetExport(library.Cpu, "_ZN2at7Context17setBenchmarkCuDNNEb", out var setBenchmark)
            || !NativeLibrary.TryGetExport(library.Cpu, "_ZNK2at7Context14benchmarkCuDNNEv", out var isBenchmark)) return null;
        var choice = new CudnnChoice(((delegate* unmanaged<nint>)global)(), setDeterministic, isDeterministic, setBenchmark, isBenchmark);
        return choice.ReadsBack() ? choice : null;
    }

    /// <summary>From now on only algorithms that give the same bits each time; on the CPU there are no others.</summary>
    /// <exception cref="EyeSlotsException">device-unavailable: this libtorch cannot be asked for it.</exception>
    public static void BeDeterministic(torch.Device device)
    {
        if (device.type != DeviceType.CUDA) return;
        var library = LibTorch.Load();
        var choice = Of(library) ?? throw new EyeSlotsException(ErrorCodes.DeviceUnavailable, $"--deterministic needs a libtorch whose choice of algorithms can be set; that of {library.Folder} ({library.Version}) has no such function. Train without it.");
        (choice.Deterministic, choice.Benchmark) = (true, false);
    }

    // Tried before it is trusted, and left as it was.
    private bool ReadsBack()
    {
        var (deterministic, benchmark) = (Deterministic, Benchmark);
        (Deterministic, Benchmark) = (!deterministic, benchmark);
        var first = Deterministic == !deterministic && Benchmark == benchmark;
        (Deterministic, Benchmark) = (deterministic, !benchmark);
        var second = Deterministic == deterministic && Benchmark == !benchmark;
        (Deterministic, Benchmark) = (deterministic, benchmark);
        return first && second;
    }
}
