using System.Buffers.Binary;
using System.Diagnostics;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Architecture;

/// <summary>What the native part may hold (ELF, 64 bits, little endian), and what the library of OpenCV may lack.</summary>
public sealed class NativePartTests
{
    private const int ProgramHeadersAt = 32, ProgramHeaderBytesAt = 54, ProgramHeaderCountAt = 56;
    private const uint Loaded = 1, ThreadLocal = 7; // PT_LOAD, PT_TLS

    /// <summary>Every state has an owner: a <c>struct decoder</c> that C# frees, never a thread.</summary>
    [Fact]
    public void PixelLibrary_Built_HoldsNoThreadLocalState()
    {
        var library = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "libeyeslots_pixels.so")).AsSpan();
        var (at, bytes) = ((int)BinaryPrimitives.ReadUInt64LittleEndian(library[ProgramHeadersAt..]), BinaryPrimitives.ReadUInt16LittleEndian(library[ProgramHeaderBytesAt..]));
        List<uint> kinds = [];
        for (var i = 0; i < BinaryPrimitives.ReadUInt16LittleEndian(library[ProgramHeaderCountAt..]); i++) kinds.Add(BinaryPrimitives.ReadUInt32LittleEndian(library[(at + (i * bytes))..]));
        Assert.Contains(Loaded, kinds); // the headers were found
        Assert.DoesNotContain(ThreadLocal, kinds);
    }

    /// <summary>A TIFF of compression 34925 ended the process at a function that the package lacks.</summary>
    [Fact]
    public void CheckOpenCv_FunctionThatNothingGives_FailsTheBuildAndIsNamed()
    {
        var check = Path.Combine(SharedFolder.Repository, "src", "EyeSlots.Preprocessing", "native", "check-opencv.sh");
        Assert.Equal((0, ""), Run(check, Path.Combine(AppContext.BaseDirectory, "libOpenCvSharpExtern.so")));
        using var folder = new TempFolder();
        folder.Write("lacking.c", "int decode_something_rare(void); int decode(void) { return decode_something_rare(); }");
        Assert.Equal((0, ""), Run("gcc", "-shared", "-fPIC", folder.At("lacking.c"), "-o", folder.At("lacking.so")));
        var (code, errors) = Run(check, folder.At("lacking.so"));
        Assert.Equal(1, code);
        Assert.Contains("decode_something_rare", errors, StringComparison.Ordinal);
    }

    private static (int Code, string Errors) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors);
    }
}
