using System.Runtime.InteropServices;

namespace EyeSlots.Training.Torch;

/// <summary>
/// Loads libtorch before anything of TorchSharp is touched: TorchSharp then takes what is loaded. Its own search would print to stdout
/// and copy the package.
/// </summary>
public static class LibTorch
{
    /// <summary>Loads it from the folder <c>libtorch</c> beside the program.</summary>
    public static void Load() => NativeLibrary.Load(Path.Combine(AppContext.BaseDirectory, "libtorch", "libtorch.so"));
}
