using System.Text;
using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Storage;

/// <summary>Files and folders that are replaced as a whole, and a folder that one process works in.</summary>
public sealed class DurableFilesTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public void Write_OverAFile_ReplacesItAndLeavesNothingBeside()
    {
        foreach (var text in (string[])["a longer one", "new"]) DurableFiles.Write(folder.At("file"), stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        Assert.Equal("new", File.ReadAllText(folder.At("file")));
        Assert.Equal(["file"], folder.Files().Keys);
    }

    [Fact]
    public void Write_ThatFails_LeavesTheOldFileAlone()
    {
        folder.Write("file", "old");
        var failed = Assert.Throws<EyeSlotsException>(() => DurableFiles.Write(folder.At("file"), stream =>
        {
            stream.Write("half"u8);
            throw new IOException("No space left on device", 28);
        }));
        Assert.Equal(ErrorCodes.DiskFull, failed.Code);
        Assert.StartsWith($"Cannot write {folder.At("file")}: the disk is full, or the quota used up; ", failed.Message, StringComparison.Ordinal);
        Assert.EndsWith(" are free. Make room, then go on with --resume.", failed.Message, StringComparison.Ordinal);
        Assert.Equal(("old", 1), (File.ReadAllText(folder.At("file")), folder.Files().Count));
    }

    [Fact]
    public void Write_WithANameThatFollowsFromTheContent_HasThatName()
    {
        DurableFiles.Write(folder.At(""), "a thing", stream =>
        {
            stream.Write("content"u8);
            return $"length-{stream.Position}";
        });
        Assert.Equal(["length-7"], folder.Files().Keys);
    }

    [Fact]
    public void WriteFolder_OverAFolder_ReplacesItAsAWhole()
    {
        foreach (var name in (string[])["first", "second"])
        {
            DurableFiles.WriteFolder(folder.At("best"), aside =>
            {
                File.WriteAllText(Path.Combine(aside, name), name);
                File.WriteAllText(Path.Combine(aside, "both"), name);
            });
        }

        Assert.Equal(["best/both", "best/second"], folder.Files().Keys);
        Assert.Equal("second", File.ReadAllText(folder.At("best/both")));
    }

    [Fact]
    public void WriteFolder_ThatFails_LeavesTheOldFolderAlone()
    {
        folder.Write("best/file", "old");
        Assert.Throws<InvalidOperationException>(() => DurableFiles.WriteFolder(folder.At("best"), aside =>
        {
            File.WriteAllText(Path.Combine(aside, "half"), "new");
            throw new InvalidOperationException();
        }));
        Assert.Equal(["best/file"], folder.Files().Keys);
    }

    [Fact]
    public void WriteFolder_AfterAKill_TakesWhatItLeftAside()
    {
        folder.Write("best.new/half", "x");
        DurableFiles.WriteFolder(folder.At("best"), aside => File.WriteAllText(Path.Combine(aside, "whole"), "x"));
        Assert.Equal(["best/whole"], folder.Files().Keys);
    }

    [Theory]
    [InlineData(true, "here")]
    [InlineData(false, "old")]
    public void Restore_AfterAKill_BringsTheOldBackWhereThereIsNoNew(bool isThere, string expected)
    {
        folder.Write("best.old/file", "old");
        folder.Write("best.new/half", "new");
        if (isThere) folder.Write("best/file", "here");
        DurableFiles.Restore(folder.At("best"));
        Assert.Equal(expected, File.ReadAllText(folder.At("best/file")));
        Assert.False(Directory.Exists(folder.At("best.new")));
    }

    [Fact]
    public void Lock_TakenTwice_NamesWhoHasItUntilItIsGivenBack()
    {
        using (ProcessLock.TryTake(folder.At("lock"), out var mine))
        {
            Assert.Equal("", mine);
            Assert.Null(ProcessLock.TryTake(folder.At("lock"), out var holder));
            Assert.Equal($"process {Environment.ProcessId} on {Environment.MachineName}", holder);
        }

        using var again = ProcessLock.TryTake(folder.At("lock"), out _);
        Assert.NotNull(again);
    }

    public void Dispose() => folder.Dispose();
}
