using System.Runtime.InteropServices;
using EyeSlots.Core.Annotations;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>Makes a rejection of how a call of native/png.c or native/tiff.c ended.</summary>
internal static unsafe class NativeStatus
{
    /// <summary>Null where the call went well, or why the image cannot be used.</summary>
    /// <exception cref="OutOfMemoryException">The machine has less than the image was allowed.</exception>
    public static Rejection? Rejection(string format, PixelStatus status, byte* message) => status switch
    {
        PixelStatus.Ok => null,
        PixelStatus.Broken or PixelStatus.Damaged => new(RejectCode.ImageUnreadable, $"the {format} cannot be decoded: {Marshal.PtrToStringUTF8((nint)message)}"),
        PixelStatus.NoMemory => throw new OutOfMemoryException(),
        _ => new(RejectCode.ImageUnreadable, $"the {format} cannot be decoded: its decoder sees another image than its header tells of"),
    };
}
