using System.Runtime.InteropServices;

namespace EyeSlots.Training.Torch;

/// <summary>A version of libtorch.</summary>
/// <param name="Major">Before the first point.</param>
/// <param name="Minor">Behind it.</param>
/// <param name="Patch">Behind the second point.</param>
public readonly record struct LibTorchVersion(int Major, int Minor, int Patch)
{
    /// <summary>Those that TorchSharp's native part was seen to work with: it was built for the first.</summary>
    internal const string Known = "2.10 or 2.11";

    internal bool IsKnown => (Major, Minor) is (2, 10 or 11);

    /// <summary>As libtorch writes it.</summary>
    public override string ToString() => FormattableString.Invariant($"{Major}.{Minor}.{Patch}");

    /// <summary>What libtorch_cpu answers, or null where it cannot be asked: the function came with 2.2.</summary>
    internal static unsafe LibTorchVersion? Of(nint cpuLibrary)
    {
        if (!NativeLibrary.TryGetExport(cpuLibrary, "aoti_torch_abi_version", out var ask)) return null;
        var answer = ((delegate* unmanaged<ulong>)ask)();
        return new((byte)(answer >> 56), (byte)(answer >> 48), (byte)(answer >> 40));
    }
}
