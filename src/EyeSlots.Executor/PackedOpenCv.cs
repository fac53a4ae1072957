using System.IO.Compression;
using EyeSlots.Core;
using EyeSlots.Spark.Contract;
using EyeSlots.Spark.Worker;
using Microsoft.Win32.SafeHandles;

namespace EyeSlots.Executor;

/// <summary>
/// OpenCV is most of the worker. It travels as packed parts, which the first worker process that needs them unpacks beside itself, side by
/// side. Where an earlier session of this executor has unpacked the same library, it is linked to, and its parts need not come at all.
/// </summary>
internal static class PackedOpenCv
{
    private const string Library = "libOpenCvSharpExtern.so";

    /// <summary>As <c>build/pack-worker.sh</c> cuts them; the last is shorter.</summary>
    private const int PartBytes = 25 << 20;

    private static readonly Lock Unpacking = new();

    /// <summary>Whether the library can be loaded from now on. False where no earlier session has left it and its parts have not come, or not all.</summary>
    /// <exception cref="EyeSlotsException">The folder cannot be written.</exception>
    public static bool IsReady(TaskContext context)
    {
        lock (Unpacking)
            return context.LocalProperties.TryGetValue(SessionSettings.Library, out var name) && TryUnpack(AppContext.BaseDirectory, name);
    }

    /// <summary>Provides the library in a folder, unless it is there. Another process may do the same meanwhile.</summary>
    /// <param name="folder">The worker's.</param>
    /// <param name="name">The library's name with its hash.</param>
    /// <exception cref="EyeSlotsException">The folder cannot be written.</exception>
    public static bool TryUnpack(string folder, string name)
    {
        var library = Path.Combine(folder, Library);
        if (UnpackedBefore.IsThere(library) || UnpackedBefore.TryLink(library, name)) return true;
        var parts = LibraryParts.In(folder, name);
        if (parts.Count == 0) return false;
        Unpack(parts, Path.Combine(folder, name));
        return UnpackedBefore.TryLink(library, name);
    }

    private static void Unpack(IReadOnlyList<string> parts, string library)
    {
        var unfinished = $"{library}.{Environment.ProcessId}";
        try
        {
            using (var file = File.OpenHandle(unfinished, FileMode.Create, FileAccess.Write))
                Parallel.ForEach(parts, (part, _, index) => Unpack(part, file, index * PartBytes));
#pragma warning disable RS0030 // Whoever comes first or last: the bytes are the same.
            File.Move(unfinished, library, overwrite: true);
#pragma warning restore RS0030
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or AggregateException)
        {
            throw new EyeSlotsException(
                ErrorCodes.SparkFailed,
                $"The worker could not unpack OpenCV into {Path.GetDirectoryName(library)} on {Environment.MachineName}: {error.GetBaseException().Message} It takes 100 MB there.", error);
        }
    }

    private static void Unpack(string part, SafeFileHandle file, long offset)
    {
        using var packed = new BrotliStream(File.OpenRead(part), CompressionMode.Decompress);
        var buffer = new byte[1 << 17];
        for (int count; (count = packed.Read(buffer)) > 0; offset += count) RandomAccess.Write(file, buffer.AsSpan(0, count), offset);
    }
}
