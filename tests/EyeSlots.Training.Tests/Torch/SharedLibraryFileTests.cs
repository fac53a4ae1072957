using EyeSlots.Core;
using EyeSlots.Integration.Tests;
using EyeSlots.Training.Tests.Tools;
using EyeSlots.Training.Torch;

namespace EyeSlots.Training.Tests.Torch;

/// <summary>A library that was cut short must be found before the loader maps what is not there.</summary>
public sealed class SharedLibraryFileTests
{
    [Fact]
    public void Check_OfALibraryCutAnywhere_Refuses()
    {
        using var scratch = new Scratch();
        CompiledLibrary.Make(scratch["whole.so"], "int answer(void) { return 42; }");
        SharedLibraryFile.Check(scratch["whole.so"]);
        var whole = File.ReadAllBytes(scratch["whole.so"]);
        for (var length = 0; length < whole.Length; length += 1 + (length / 16))
        {
            File.WriteAllBytes(scratch["cut.so"], whole[..length]);
            var refused = Assert.Throws<EyeSlotsException>(() => SharedLibraryFile.Check(scratch["cut.so"]));
            Assert.Equal(ErrorCodes.LibTorchMissing, refused.Code);
        }
    }

    [Fact]
    public void Check_OfAnyFileOfTheBuiltLibtorch_FindsItWhole()
    {
        var files = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "libtorch"), "*.so*").ToList();
        Assert.NotEmpty(files);
        Assert.All(files, SharedLibraryFile.Check);
    }

    [Fact]
    public void Check_OfAProgram_SaysThatItIsNoLibraryOfThisKind()
    {
        using var scratch = new Scratch();
        File.WriteAllText(scratch["script.so"], "#!/bin/sh\nexit 0\n" + new string('#', 100));
        var refused = Assert.Throws<EyeSlotsException>(() => SharedLibraryFile.Check(scratch["script.so"]));
        Assert.Contains("is no shared library for x86-64", refused.Message, StringComparison.Ordinal);
    }
}
