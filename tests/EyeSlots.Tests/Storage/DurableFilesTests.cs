using System.Text;
using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Storage;

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

    public void Dispose() => folder.Dispose();
}
