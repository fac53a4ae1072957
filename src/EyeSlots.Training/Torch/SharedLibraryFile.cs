using System.Buffers.Binary;
using EyeSlots.Core;

namespace EyeSlots.Training.Torch;

/// <summary>
/// Looks at a shared library before the loader does: of one that was cut short the loader maps what is not there, and the process ends
/// with a bus error.
/// </summary>
internal static class SharedLibraryFile
{
    private const int HeaderBytes = 64, ProgramHeaderBytes = 56, Loaded = 1; // ELF of 64 bits; PT_LOAD
    private const ushort SharedObject = 3, X64 = 62; // ET_DYN, EM_X86_64

    /// <summary>Demands a whole library for this processor.</summary>
    /// <exception cref="EyeSlotsException">libtorch-missing: it is none, or cut short.</exception>
    public static void Check(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            if (FaultOf(file) is { } fault) throw new EyeSlotsException(ErrorCodes.LibTorchMissing, $"{path} {fault}. {LibTorchFolder.HowToGet}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new EyeSlotsException(ErrorCodes.LibTorchMissing, $"{path} cannot be read: {error.Message} {LibTorchFolder.HowToGet}", error);
        }
    }

    private static string? FaultOf(Microsoft.Win32.SafeHandles.SafeFileHandle file)
    {
        var length = RandomAccess.GetLength(file);
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (RandomAccess.Read(file, header, 0) < HeaderBytes || !header.StartsWith("\u007fELF\u0002\u0001"u8)
            || BinaryPrimitives.ReadUInt16LittleEndian(header[16..]) != SharedObject || BinaryPrimitives.ReadUInt16LittleEndian(header[18..]) != X64)
            return "is no shared library for x86-64";

        // The table of sections ends a file; segments are what the loader maps.
        var sectionsEnd = BinaryPrimitives.ReadUInt64LittleEndian(header[40..]) + (ulong)(BinaryPrimitives.ReadUInt16LittleEndian(header[58..]) * BinaryPrimitives.ReadUInt16LittleEndian(header[60..]));
        var end = Math.Max(sectionsEnd, SegmentsEnd(file, BinaryPrimitives.ReadUInt64LittleEndian(header[32..]), BinaryPrimitives.ReadUInt16LittleEndian(header[56..])));
        return end <= (ulong)length ? null : FormattableString.Invariant($"is cut short: it has {length} bytes, and its parts reach to {end}");
    }

    private static ulong SegmentsEnd(Microsoft.Win32.SafeHandles.SafeFileHandle file, ulong at, int count)
    {
        var table = new byte[count * ProgramHeaderBytes];
        if (at > long.MaxValue || RandomAccess.Read(file, table, (long)at) < table.Length) return ulong.MaxValue;
        var end = 0UL;
        for (var segment = table.AsSpan(); segment.Length > 0; segment = segment[ProgramHeaderBytes..])
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(segment) != Loaded) continue;
            end = Math.Max(end, BinaryPrimitives.ReadUInt64LittleEndian(segment[8..]) + BinaryPrimitives.ReadUInt64LittleEndian(segment[32..]));
        }

        return end;
    }
}
