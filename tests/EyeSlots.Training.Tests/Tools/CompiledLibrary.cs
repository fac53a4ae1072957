using System.Diagnostics;

namespace EyeSlots.Training.Tests.Tools;

/// <summary>Shared libraries that gcc makes on the spot, in the place of libtorch's.</summary>
internal static class CompiledLibrary
{
    /// <summary>The function by which libtorch tells its version, 2.9 here.</summary>
    public const string OfVersion29 = "unsigned long aoti_torch_abi_version(void) { return 0x0209000000000000ul; }";

    /// <summary>Compiles C into a library; what it is linked to may be taken away afterwards.</summary>
    public static void Make(string file, string source, params string[] linked)
    {
        var code = Path.ChangeExtension(file, ".c");
        File.WriteAllText(code, source);
        using var gcc = Process.Start("gcc", ["-shared", "-fPIC", "-o", file, code, .. linked]);
        gcc.WaitForExit();
        Assert.Equal(0, gcc.ExitCode);
        File.Delete(code);
    }
}
