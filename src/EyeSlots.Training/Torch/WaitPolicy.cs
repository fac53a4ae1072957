using System.Runtime.InteropServices;

namespace EyeSlots.Training.Torch;

/// <summary>
/// How libtorch's threads wait for each other. libgomp lets them spin: where another process, or the loader, wants the same cores, a step
/// takes eight times as long. Waiting passively costs quiet cores nothing, and gives the same weights.
/// </summary>
internal static partial class WaitPolicy
{
    private const string Variable = "OMP_WAIT_POLICY";

    /// <summary>Sets it where the user has not. libgomp reads C's environment once, as it is loaded, and .NET's changes do not reach it.</summary>
    public static void BePassive()
    {
        if (SetEnvironment(Variable, "passive", overwrite: 0) != 0) throw new InvalidOperationException($"{Variable} cannot be set.");
    }

    /// <summary>What libgomp reads; for tests and <c>doctor</c>.</summary>
    public static string? Current => Marshal.PtrToStringUTF8(GetEnvironment(Variable));

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetEnvironment(string name);
}
