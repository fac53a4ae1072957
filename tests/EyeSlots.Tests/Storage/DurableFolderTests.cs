using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Storage;

public sealed class DurableFolderTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public void Write_OverAFolder_ReplacesItAsAWhole()
    {
        foreach (var name in (string[])["first", "second"])
        {
            DurableFolder.Write(folder.At("best"), aside =>
            {
                File.WriteAllText(Path.Combine(aside, name), name);
                File.WriteAllText(Path.Combine(aside, "both"), name);
            });
        }

        Assert.Equal(["best/both", "best/second"], folder.Files().Keys);
        Assert.Equal("second", File.ReadAllText(folder.At("best/both")));
    }

    [Fact]
    public void Write_ThatFails_LeavesTheOldFolderAlone()
    {
        folder.Write("best/file", "old");
        Assert.Throws<InvalidOperationException>(() => DurableFolder.Write(folder.At("best"), aside =>
        {
            File.WriteAllText(Path.Combine(aside, "half"), "new");
            throw new InvalidOperationException();
        }));
        Assert.Equal(["best/file"], folder.Files().Keys);
    }

    [Fact]
    public void Write_AfterAKill_TakesWhatItLeftAside()
    {
        folder.Write("best.new/half", "x");
        DurableFolder.Write(folder.At("best"), aside => File.WriteAllText(Path.Combine(aside, "whole"), "x"));
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
        DurableFolder.Restore(folder.At("best"));
        Assert.Equal(expected, File.ReadAllText(folder.At("best/file")));
        Assert.False(Directory.Exists(folder.At("best.new")));
    }

    public void Dispose() => folder.Dispose();
}
