using System.Diagnostics;
using System.Text.RegularExpressions;

namespace EyeSlots.Tests.Architecture;

/// <summary>What the native part takes from other libraries.</summary>
public sealed partial class NativeImportsTests
{
    /// <summary>Functions of the C library whose results IEEE 754 fixes: they round to whole numbers, compare, or take a root.</summary>
    private static readonly string[] Fixed = ["ceil", "floor", "fmax", "fmin", "sqrt"];

    [Fact]
    public void PixelLibrary_TakesOnlyFunctionsFromLibmThatIeee754Fixes()
    {
        var wanted = Symbols(Path.Combine(AppContext.BaseDirectory, "libeyeslots_pixels.so"), defined: false);
        var mathematics = Symbols(MathLibrary(), defined: true);
        Assert.Contains("floor", mathematics);
        Assert.Empty(wanted.Intersect(mathematics).Except(Fixed));
    }

    private static string MathLibrary() => Run("gcc", "-print-file-name=libm.so.6").Trim();

    private static HashSet<string> Symbols(string library, bool defined) =>
        [.. Run("objdump", "-T", library).Split('\n').Where(line => line.Contains("*UND*", StringComparison.Ordinal) != defined).Select(line => Name().Match(line).Value)];

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    [GeneratedRegex(@"\S+$")]
    private static partial Regex Name();
}
