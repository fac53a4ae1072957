using System.Formats.Tar;
using System.IO.Compression;
using EyeSlots.Aws.Artifacts;
using EyeSlots.Core;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Aws.Artifacts;

/// <summary>What a machine that trains fetches.</summary>
public sealed class TrainerPackageTests
{
    private static readonly string Newest = $"{Environment.Version.Major}.0.12", Older = $"{Environment.Version.Major}.0.9", Other = $"{Environment.Version.Major - 1}.0.30";

    [Fact]
    public void Pack_HoldsLibTorchTheTrainerAndTheNewestRuntimeOfItsVersion()
    {
        using TempFolder folder = Parts(), to = new();
        var packed = Pack(folder, to);
        Assert.Equal(
            [
                $"dotnet/host/fxr/{Newest}/libhostfxr.so", $"dotnet/shared/Microsoft.NETCore.App/{Newest}/System.Private.CoreLib.dll",
                "libtorch/libtorch.so", "trainer/eyeslots-train", "trainer/native/libeyeslots_pixels.so",
            ],
            Names(packed.Path));
        Assert.Equal(("libtorch.tar.gz", new FileInfo(packed.Path).Length), (packed.Artifact.File, packed.Bytes));
    }

    [Fact]
    public void Pack_TheSameFiles_IsTheSameArtifact()
    {
        using TempFolder one = Parts(), other = Parts(), first = new(), second = new();
        File.SetLastWriteTimeUtc(other.At("libtorch/libtorch.so"), DateTime.UnixEpoch);
        Assert.Equal(Pack(one, first).Artifact, Pack(other, second).Artifact);
        File.WriteAllText(other.At("libtorch/libtorch.so"), "another");
        Assert.NotEqual(Pack(one, first).Artifact, Pack(other, second).Artifact);
    }

    [Theory]
    [InlineData("libtorch/libtorch.so", ErrorCodes.LibTorchMissing, "holds no libtorch.so")]
    [InlineData("trainer/eyeslots-train", ErrorCodes.TrainerMissing, "it is built by ./eyeslots train")]
    public void Pack_WithoutAPart_SaysWhichOne(string part, string code, string text)
    {
        using TempFolder folder = Parts(), to = new();
        File.Delete(folder.At(part));
        var error = Assert.Throws<EyeSlotsException>(() => Pack(folder, to));
        Assert.Equal(code, error.Code);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pack_WithRuntimesOfOtherVersionsAlone_SaysWhatToSet()
    {
        using TempFolder folder = Parts(), to = new();
        foreach (var version in (string[])[Newest, Older]) Directory.Delete(folder.At($"dotnet/shared/Microsoft.NETCore.App/{version}"), recursive: true);
        var error = Assert.Throws<EyeSlotsException>(() => Pack(folder, to));
        Assert.Equal(ErrorCodes.TrainerMissing, error.Code);
        Assert.Contains($"holds no .NET {Environment.Version.Major}; set DOTNET_ROOT", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A trainer that brought a libtorch of its own, which is not sent twice, and runtimes of several versions.</summary>
    private static TempFolder Parts()
    {
        var folder = new TempFolder();
        foreach (var file in (string[])["libtorch/libtorch.so", "trainer/eyeslots-train", "trainer/libtorch/libtorch.so", "trainer/native/libeyeslots_pixels.so"]) folder.Write(file, file);
        foreach (var version in (string[])[Newest, Older, Other])
        {
            folder.Write($"dotnet/shared/Microsoft.NETCore.App/{version}/System.Private.CoreLib.dll", version);
            folder.Write($"dotnet/host/fxr/{version}/libhostfxr.so", version);
        }

        return folder;
    }

    private static LocalArtifact Pack(TempFolder parts, TempFolder to) => TrainerPackage.Pack(parts.At("libtorch"), parts.At("trainer"), parts.At("dotnet"), to.Path);

    private static IReadOnlyList<string> Names(string archive)
    {
        using var gzip = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
        using var tar = new TarReader(gzip);
        List<string> names = [];
        while (tar.GetNextEntry() is { } entry) names.Add(entry.Name);
        return names;
    }
}
