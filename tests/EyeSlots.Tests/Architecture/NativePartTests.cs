using System.Buffers.Binary;

namespace EyeSlots.Tests.Architecture;

/// <summary>What the native part may hold, read from the built library (ELF, 64 bits, little endian).</summary>
public sealed class NativePartTests
{
    private const int ProgramHeadersAt = 32, ProgramHeaderBytesAt = 54, ProgramHeaderCountAt = 56;
    private const uint ThreadLocal = 7; // PT_TLS

    /// <summary>Every state has an owner: a <c>struct decoder</c> that C# frees, never a thread.</summary>
    [Fact]
    public void PixelLibrary_Built_HoldsNoThreadLocalState()
    {
        var library = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "libeyeslots_pixels.so")).AsSpan();
        var (at, bytes) = ((int)BinaryPrimitives.ReadUInt64LittleEndian(library[ProgramHeadersAt..]), BinaryPrimitives.ReadUInt16LittleEndian(library[ProgramHeaderBytesAt..]));
        List<uint> kinds = [];
        for (var i = 0; i < BinaryPrimitives.ReadUInt16LittleEndian(library[ProgramHeaderCountAt..]); i++) kinds.Add(BinaryPrimitives.ReadUInt32LittleEndian(library[(at + (i * bytes))..]));
        Assert.Contains(1u, kinds); // PT_LOAD: the headers were found
        Assert.DoesNotContain(ThreadLocal, kinds);
    }
}
