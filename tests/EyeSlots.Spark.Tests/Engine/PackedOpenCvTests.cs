using System.IO.Compression;
using EyeSlots.Core;
using EyeSlots.Executor;
using EyeSlots.Integration.Tests;

namespace EyeSlots.Spark.Tests.Engine;

/// <summary>OpenCV as the worker carries it: the real one loads in every other test on Spark, these have parts of their own.</summary>
public sealed class PackedOpenCvTests : IDisposable
{
    private const string Library = "libOpenCvSharpExtern.so", Named = Library + ".0123";
    private readonly Scratch scratch = new();
    private readonly string folder;

    public PackedOpenCvTests() => folder = Folder("worker");

    [Fact]
    public void TryUnpack_Parts_MakesTheLibrary_OnceForAllProcesses()
    {
        var content = new byte[(2 * (25 << 20)) + 12345];
        new Random(1).NextBytes(content.AsSpan(20 << 20, 12 << 20));
        Pack(folder, content);
        Assert.True(PackedOpenCv.TryUnpack(folder, Named));
        Assert.True(content.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(folder, Library))));
        foreach (var part in Directory.EnumerateFiles(folder, "*.br")) File.Delete(part);
        Assert.True(PackedOpenCv.TryUnpack(folder, Named));
        Assert.Equal([Library, Named], Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TryUnpack_WhereASessionBesideItHasDoneSo_LinksToItsLibrary_WithoutParts()
    {
        Pack(folder, [1, 2, 3]);
        Assert.True(PackedOpenCv.TryUnpack(folder, Named));
        foreach (var later in (string[])[Folder("later"), Folder("last")])
        {
            Assert.True(PackedOpenCv.TryUnpack(later, Named));
            Assert.Equal(Path.Combine(folder, Named), new FileInfo(Path.Combine(later, Library)).LinkTarget);
            Assert.Equal([1, 2, 3], File.ReadAllBytes(Path.Combine(later, Library)));
        }
    }

    [Fact]
    public void TryUnpack_WhileAPartIsMissing_SaysThatItIsNotThere_AndLeavesNothing()
    {
        Pack(folder, new byte[(25 << 20) + 1]);
        var first = Path.Combine(folder, $"{Named}.0of2.br");
        File.Move(first, scratch["first"]);
        Assert.False(PackedOpenCv.TryUnpack(folder, Named));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder));
        File.Move(scratch["first"], first);
        Assert.True(PackedOpenCv.TryUnpack(folder, Named));
    }

    [Theory]
    [InlineData("libOpenCvSharpExtern.so.other")]
    [InlineData("libOpenCvSharpExtern.so")]
    [InlineData("libOpenCvSharpExtern.so.0123.17")]
    public void TryUnpack_BesideASessionWithSomethingElse_UnpacksForItself(string beside)
    {
        File.WriteAllBytes(Path.Combine(folder, beside), [9, 9, 9]);
        var own = Folder("later");
        Assert.False(PackedOpenCv.TryUnpack(own, Named));
        Pack(own, [1, 2, 3]);
        Assert.True(PackedOpenCv.TryUnpack(own, Named));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(Path.Combine(own, Library)));
    }

    [Fact]
    public void TryUnpack_WhenTheOtherSessionsFolderHasGone_NeedsPartsOfItsOwn()
    {
        Pack(folder, [1, 2, 3]);
        Assert.True(PackedOpenCv.TryUnpack(folder, Named));
        var own = Folder("later");
        Assert.True(PackedOpenCv.TryUnpack(own, Named));
        Directory.Delete(folder, recursive: true);
        Assert.False(PackedOpenCv.TryUnpack(own, Named));
        Pack(own, [1, 2, 3]);
        Assert.True(PackedOpenCv.TryUnpack(own, Named));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(Path.Combine(own, Library)));
    }

    [Fact]
    public void TryUnpack_DamagedPart_SaysSo_AndLeavesNoLibrary()
    {
        Pack(folder, new byte[1000]);
        File.WriteAllBytes(Path.Combine(folder, $"{Named}.0of1.br"), [.. Enumerable.Repeat((byte)0xFF, 100)]);
        var error = Assert.Throws<EyeSlotsException>(() => PackedOpenCv.TryUnpack(folder, Named));
        Assert.Contains($"could not unpack OpenCV into {folder}", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, Library)));
        Assert.False(PackedOpenCv.TryUnpack(Folder("later"), Named));
    }

    [Fact]
    public void TryUnpack_WhereItCannotWrite_SaysWhere()
    {
        Pack(folder, new byte[1000]);
        Directory.CreateDirectory(Path.Combine(folder, $"{Named}.{Environment.ProcessId}"));
        var error = Assert.Throws<EyeSlotsException>(() => PackedOpenCv.TryUnpack(folder, Named));
        Assert.Contains(folder, error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => scratch.Dispose();

    private string Folder(string name) => Directory.CreateDirectory(scratch[name]).FullName;

    private static void Pack(string folder, byte[] content)
    {
        byte[][] parts = [.. content.Chunk(25 << 20)];
        foreach (var (index, part) in parts.Index())
        {
            using var packed = new BrotliStream(File.Create(Path.Combine(folder, $"{Named}.{index}of{parts.Length}.br")), CompressionLevel.Fastest);
            packed.Write(part);
        }
    }
}
