using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>
/// OpenCvSharp looks for its library where its NuGet package would put it; ours, freed of windowing, lies beside the program.
/// Nothing is loaded before the first use.
/// </summary>
internal static class NativeLibraries
{
#pragma warning disable CA2255 // A library initializer: whoever uses OpenCV first, tests included, must find the library.
    [ModuleInitializer]
    public static void Register() => AssemblyLoadContext.Default.ResolvingUnmanagedDll += static (_, name) =>
        NativeLibrary.TryLoad(Path.Combine(AppContext.BaseDirectory, $"lib{name}.so"), out var handle) ? handle : 0;
#pragma warning restore CA2255
}
