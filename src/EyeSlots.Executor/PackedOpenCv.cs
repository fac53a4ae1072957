using System.IO.Compression;
using EyeSlots.Core;
using Microsoft.Win32.SafeHandles;

namespace EyeSlots.Executor;

/// <summary>
/// OpenCV is most of the worker. It travels as packed parts, and the first worker process of a session unpacks it beside itself, its parts
/// side by side. Where an earlier session of this executor has unpacked the same parts, its library is linked to, which takes no time
/// and no disk.
/// </summary>
internal static class PackedOpenCv
{
    private const string Library = "libOpenCvSharpExtern.so";

    /// <summary>As <c>build/pack-worker.sh</c> cuts them; the last is shorter.</summary>
    private const int PartBytes = 25 << 20;

    /// <summary>The library can be loaded when this has ended.</summary>
    public static Task Ready { get; } = Task.Run(() => Unpack(AppContext.BaseDirectory));

    /// <summary>Unpacks the library in a folder, unless it is there. Another process may do the same meanwhile.</summary>
    /// <exception cref="EyeSlotsException">The folder cannot be written.</exception>
    public static void Unpack(string folder)
    {
        var library = Path.Combine(folder, Library);
        if (UnpackedBefore.IsThere(library)) return;
        string[] parts = [.. Parts(library)];
        if (parts.Length == 0) throw new EyeSlotsException(ErrorCodes.SparkFailed, $"The worker in {folder} on {Environment.MachineName} has no OpenCV; pack it again.");
        if (UnpackedBefore.TryLink(library, parts)) return;
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
                ErrorCodes.SparkFailed, $"The worker could not unpack OpenCV into {folder} on {Environment.MachineName}: {error.GetBaseException().Message} It takes 100 MB there.", error);
        }
    }

    private static IEnumerable<string> Parts(string library) =>
        Enumerable.Range(0, int.MaxValue).Select(i => $"{library}.{i}.br").TakeWhile(File.Exists);

    private static void Unpack(string part, SafeFileHandle file, long offset)
    {
        using var packed = new BrotliStream(File.OpenRead(part), CompressionMode.Decompress);
        var buffer = new byte[1 << 17];
        for (int count; (count = packed.Read(buffer)) > 0; offset += count) RandomAccess.Write(file, buffer.AsSpan(0, count), offset);
    }
}
