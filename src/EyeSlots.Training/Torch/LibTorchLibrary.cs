namespace EyeSlots.Training.Torch;

/// <summary>The libtorch of this process.</summary>
public sealed class LibTorchLibrary
{
    internal LibTorchLibrary(string folder, LibTorchVersion version, bool hasCuda, nint cpu) => (Folder, Version, HasCuda, Cpu) = (folder, version, hasCuda, cpu);

    /// <summary>Where it was loaded from.</summary>
    public string Folder { get; }

    /// <summary>What it says itself to be.</summary>
    public LibTorchVersion Version { get; }

    /// <summary>Whether it can compute on a GPU, where there is one.</summary>
    public bool HasCuda { get; }

    /// <summary>The handle of libtorch_cpu, for what has no call in TorchSharp; it stays loaded as long as the process.</summary>
    internal nint Cpu { get; }
}
