using System.Runtime.InteropServices;
using EyeSlots.Core;

namespace EyeSlots.Training.Torch;

/// <summary>
/// Loads libtorch before anything of TorchSharp is touched: TorchSharp then takes what is loaded. Its own search would print to stdout
/// and copy the package.
/// </summary>
public static class LibTorch
{
    private static readonly Lock Gate = new();
    private static LibTorchLibrary? loaded;

    /// <summary>Loads it, once in a process: from EYESLOTS_LIBTORCH, else from the folder <c>libtorch</c> beside the program.</summary>
    /// <param name="cuda">Whether it must be able to compute on a GPU.</param>
    /// <returns>What was loaded, the same at every call.</returns>
    /// <exception cref="EyeSlotsException">
    /// libtorch-missing: a file is not there, or does not load; libtorch-version: its version is not known; device-unavailable: a GPU
    /// was asked for, and nothing names a libtorch for it.
    /// </exception>
    public static LibTorchLibrary Load(bool cuda = false)
    {
        lock (Gate)
        {
            if (loaded is null || cuda) LibTorchFolder.Current.RequireFiles(cuda);
            return loaded ??= Open(LibTorchFolder.Current);
        }
    }

    // The version is asked of the library itself: a file of the folder could belong to another. What is refused has loaded no more than
    // libtorch_cpu, and neither TorchSharp nor CUDA.
    private static LibTorchLibrary Open(LibTorchFolder folder)
    {
        WaitPolicy.BePassive();
        var cpu = Open(folder.File(LibTorchFolder.Cpu));
        var version = LibTorchVersion.Of(cpu)
            ?? throw new EyeSlotsException(ErrorCodes.LibTorchVersion, $"{folder.File(LibTorchFolder.Cpu)} does not tell its version; it must be {LibTorchVersion.Known}. {LibTorchFolder.HowToGet}");
        if (!version.IsKnown)
            throw new EyeSlotsException(ErrorCodes.LibTorchVersion, $"{folder.Path} holds libtorch {version}; it must be {LibTorchVersion.Known}. {LibTorchFolder.HowToGet}");
        Open(folder.File(LibTorchFolder.Whole));
        Open(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so"));
        return new(folder.Path, version, folder.HasCuda, cpu);
    }

    private static nint Open(string file)
    {
        SharedLibraryFile.Check(file);
        try
        {
            return NativeLibrary.Load(file);
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            throw new EyeSlotsException(ErrorCodes.LibTorchMissing, $"{file} does not load: {error.Message.ReplaceLineEndings(" ").Trim()} {LibTorchFolder.HowToGet}", error);
        }
    }
}
