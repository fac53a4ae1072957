using EyeSlots.Core;

namespace EyeSlots.Training.Torch;

/// <summary>A folder that should hold libtorch.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="IsNamed">Whether the user named it; else it came with the program.</param>
internal readonly record struct LibTorchFolder(string Path, bool IsNamed)
{
    /// <summary>Names a libtorch of the user's own.</summary>
    public const string Variable = "EYESLOTS_LIBTORCH";

    /// <summary>What all of libtorch hangs on; the part for the CPU; the part for NVIDIA's GPUs.</summary>
    public const string Whole = "libtorch.so", Cpu = "libtorch_cpu.so", Cuda = "libtorch_cuda.so";

    /// <summary>The way out of every failure.</summary>
    public static readonly string HowToGet =
        $"Set {Variable} to the folder of a libtorch {LibTorchVersion.Known}, such as torch/lib of a PyTorch, or do not set it: ./eyeslots train builds the program with the CPU's libtorch.";

    /// <summary>The folder that this process takes.</summary>
    public static LibTorchFolder Current => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
        ? new(System.IO.Path.GetFullPath(named), IsNamed: true)
        : new(System.IO.Path.Combine(AppContext.BaseDirectory, "libtorch"), IsNamed: false);

    /// <summary>Whether there is a part for GPUs.</summary>
    public bool HasCuda => System.IO.File.Exists(File(Cuda));

    /// <summary>What is missing for a GPU where there is no part for one, and how to get it.</summary>
    public string WhyNoCuda =>
        $"there is no {Cuda} in {Path}; set {Variable} to the folder of a libtorch {LibTorchVersion.Known} with CUDA, such as torch/lib of a PyTorch";

    /// <summary>A file of it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Demands the files without which nothing can be loaded.</summary>
    /// <exception cref="EyeSlotsException">libtorch-missing names the first that is not there; device-unavailable: the program's own libtorch has no GPU.</exception>
    public void RequireFiles(bool cuda)
    {
        foreach (var name in (string[])[Whole, Cpu]) Require(name);
        if (!cuda || HasCuda) return;
        if (IsNamed) Require(Cuda);
        throw new EyeSlotsException(ErrorCodes.DeviceUnavailable, $"cuda was asked for, and {WhyNoCuda}, or take --device cpu.");
    }

    private void Require(string name)
    {
        if (System.IO.File.Exists(File(name))) return;
        var who = IsNamed ? $" ({Variable})" : "";
        throw new EyeSlotsException(ErrorCodes.LibTorchMissing, $"There is no {name} in {Path}{who}{(name == Cuda ? ", and cuda was asked for" : "")}. {HowToGet}");
    }
}
