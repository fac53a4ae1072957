using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Integration.Tests.Jobs;

/// <summary>A machine as the program sees it: this one with a part of its processor hidden, an emulated one, or one with another C library.</summary>
/// <param name="Name">What is other.</param>
/// <param name="Environment">Variables by which libraries leave instructions unused.</param>
/// <param name="Launcher">Words before the program.</param>
internal sealed record Processor(string Name, IReadOnlyDictionary<string, string> Environment, params string[] Launcher)
{
    private const string GlibcTunables = "GLIBC_TUNABLES";
    private static readonly Dictionary<string, string> Nothing = [];

    private static readonly Dictionary<string, string> Pixels = new()
    {
        ["OPENCV_CPU_DISABLE"] = "AVX512_ICL,AVX512_CLX,AVX512_SKX,AVX2,FMA3,AVX,FP16,SSE4_2,SSE4_1,SSSE3,POPCNT",
        ["JSIMD_FORCESSE2"] = "1",
    };

    private static readonly Dictionary<string, string> Oldest = new()
    {
        [GlibcTunables] = "glibc.cpu.hwcaps=-AVX512F,-AVX512VL,-AVX512BW,-AVX512DQ,-AVX2,-AVX,-FMA,-FMA4,-BMI1,-BMI2,-SSE4_2,-SSE4_1,-SSSE3",
    };

    /// <summary>This machine as it is.</summary>
    public static Processor Own { get; } = new("as it is", Nothing);

    /// <summary>This machine with instructions hidden from one library after the other.</summary>
    public static IReadOnlyList<Processor> Masked { get; } =
    [
        new("C library without AVX2, FMA and AVX-512", new Dictionary<string, string> { [GlibcTunables] = "glibc.cpu.hwcaps=-AVX2,-FMA,-AVX512F" }),
        new("C library without anything but SSE2", Oldest),
        new("OpenCV and libjpeg-turbo without anything but SSE3", Pixels),
        new("libjpeg-turbo without vectors", new Dictionary<string, string> { ["JSIMD_FORCENONE"] = "1" }),
        new("all of these and a runtime without vectors", new Dictionary<string, string>([.. Oldest, .. Pixels]) { ["DOTNET_EnableHWIntrinsic"] = "0" }),
    ];

    /// <summary>Processors that no variable can pretend: copies of inner loops are chosen by asking the processor itself.</summary>
    public static IReadOnlyList<Processor> Emulated { get; } =
    [
        new("Nehalem of 2008: SSE4.2", Nothing, "qemu-x86_64", "-cpu", "Nehalem"),
        new("Haswell of 2013: AVX2, FMA, BMI2", Nothing, "qemu-x86_64", "-cpu", "Haswell"),
    ];

    /// <summary>Runs the program there and demands success.</summary>
    public async Task RunAsync(params string[] arguments)
    {
        string[] words = [.. Launcher, EyeSlotsProgram.Path, .. arguments, "--json"];
        using var process = EyeSlotsProgram.StartOther(words[0], Environment, words[1..]);
        var result = await EyeSlotsProgram.EndAsync(process);
        Assert.True(result.ExitCode == 0, $"{Name}: ended with {result.ExitCode}: {result.Output} {result.Errors}");
    }

    public override string ToString() => Name;
}
