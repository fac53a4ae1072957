using System.IO.Compression;
using EyeSlots.Core;
using EyeSlots.Executor;
using EyeSlots.Integration.Tests;

namespace EyeSlots.Spark.Tests.Engine;

/// <summary>OpenCV as the worker carries it: the real one loads in every other test on Spark, these have parts of their own.</summary>
public sealed class PackedOpenCvTests : IDisposable
{
    private const string Library = "libOpenCvSharpExtern.so";
    private readonly Scratch scratch = new();
    private readonly string folder;

    public PackedOpenCvTests() => folder = Directory.CreateDirectory(scratch["worker"]).FullName;

    [Fact]
    public void Unpack_Parts_MakesTheLibrary_OnceForAllProcesses()
    {
        var content = new byte[(2 * (25 << 20)) + 12345];
        new Random(1).NextBytes(content.AsSpan(20 << 20, 12 << 20));
        Pack(content);
        PackedOpenCv.Unpack(folder);
        Assert.True(content.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(folder, Library))));
        foreach (var part in Directory.EnumerateFiles(folder, "*.br")) File.Delete(part);
        PackedOpenCv.Unpack(folder);
        Assert.Equal(Library, Path.GetFileName(Assert.Single(Directory.EnumerateFiles(folder))));
    }

    [Fact]
    public void Unpack_WhereASessionBesideItHasDoneSo_LinksToItsLibrary()
    {
        Pack([1, 2, 3]);
        PackedOpenCv.Unpack(folder);
        var own = CopyParts("later");
        var last = CopyParts("last");
        PackedOpenCv.Unpack(own);
        PackedOpenCv.Unpack(last);
        Assert.Equal(Path.Combine(folder, Library), new FileInfo(Path.Combine(own, Library)).LinkTarget);
        Assert.Equal(Path.Combine(folder, Library), new FileInfo(Path.Combine(last, Library)).LinkTarget);
    }

    [Theory]
    [InlineData("other parts")]
    [InlineData("no parts")]
    [InlineData("no library")]
    public void Unpack_BesideASessionWithSomethingElse_UnpacksForItself(string beside)
    {
        Pack([1, 2, 3]);
        var own = CopyParts("later");
        if (beside != "no library") File.WriteAllBytes(Path.Combine(folder, Library), [9, 9, 9]);
        if (beside == "other parts") Pack([3, 2, 1]);
        if (beside == "no parts") File.Delete(Path.Combine(folder, $"{Library}.0.br"));
        PackedOpenCv.Unpack(own);
        Assert.Null(new FileInfo(Path.Combine(own, Library)).LinkTarget);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(Path.Combine(own, Library)));
    }

    [Fact]
    public void Unpack_WhenTheOtherSessionsFolderHasGone_UnpacksForItself()
    {
        Pack([1, 2, 3]);
        PackedOpenCv.Unpack(folder);
        var own = CopyParts("later");
        PackedOpenCv.Unpack(own);
        Directory.Delete(folder, recursive: true);
        PackedOpenCv.Unpack(own);
        Assert.Null(new FileInfo(Path.Combine(own, Library)).LinkTarget);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(Path.Combine(own, Library)));
    }

    [Fact]
    public void Unpack_DamagedPart_SaysSo_AndLeavesNoLibrary()
    {
        Pack(new byte[1000]);
        var part = Path.Combine(folder, $"{Library}.0.br");
        File.WriteAllBytes(part, [.. Enumerable.Repeat((byte)0xFF, 100)]);
        var error = Assert.Throws<EyeSlotsException>(() => PackedOpenCv.Unpack(folder));
        Assert.Contains($"could not unpack OpenCV into {folder}", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, Library)));
    }

    [Fact]
    public void Unpack_WhereItCannotWrite_SaysWhere()
    {
        Pack(new byte[1000]);
        Directory.CreateDirectory(Path.Combine(folder, $"{Library}.{Environment.ProcessId}"));
        var error = Assert.Throws<EyeSlotsException>(() => PackedOpenCv.Unpack(folder));
        Assert.Contains(folder, error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => scratch.Dispose();

    private string CopyParts(string name)
    {
        var other = Directory.CreateDirectory(scratch[name]).FullName;
        foreach (var part in Directory.EnumerateFiles(folder, "*.br")) File.Copy(part, Path.Combine(other, Path.GetFileName(part)));
        return other;
    }

    private void Pack(byte[] content)
    {
        foreach (var (index, part) in content.Chunk(25 << 20).Index())
        {
            using var packed = new BrotliStream(File.Create(Path.Combine(folder, $"{Library}.{index}.br")), CompressionLevel.Fastest);
            packed.Write(part);
        }
    }
}
