using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests;
using EyeSlots.Training.Runs;

namespace EyeSlots.Training.Tests.Runs;

/// <summary>How checkpoints are named, found and given up.</summary>
public sealed class CheckpointFolderTests : IDisposable
{
    private readonly Scratch scratch = new();

    private CheckpointFolder Folder => new(scratch.Folder);

    [Fact]
    public void Find_AmongOtherFiles_TakesCheckpointsTheNewestFirst()
    {
        foreach (var (epoch, batch) in (ReadOnlySpan<(int, int)>)[(0, 7), (2, 0), (1, 12), (10, 3)]) Write(new(epoch, batch));
        foreach (var other in (string[])["notes.txt", "checkpoint.new", "epoch-1-batch-2-0123456789abcdef.safetensors", "epoch-00001-batch-0000002.safetensors", "epoch-00001-batch-0000002-xyz.safetensors"])
            File.WriteAllText(scratch[other], "x");
        Assert.Equal([new(10, 3), new(2, 0), new(1, 12), new Position(0, 7)], Folder.Find().Select(found => found.Position));
    }

    [Fact]
    public void RemoveOld_OfFour_KeepsTheNewestTwo()
    {
        foreach (var epoch in (int[])[3, 1, 0, 2]) Write(new(epoch, 0));
        Folder.RemoveOld();
        Assert.Equal([new(3, 0), new Position(2, 0)], Folder.Find().Select(found => found.Position));
    }

    [Fact]
    public void RemoveAfter_APosition_LeavesItAndThoseBefore()
    {
        foreach (var (epoch, batch) in (ReadOnlySpan<(int, int)>)[(1, 0), (1, 5), (1, 9), (2, 0)]) Write(new(epoch, batch));
        Folder.RemoveAfter(new(1, 5));
        Assert.Equal([new(1, 5), new Position(1, 0)], Folder.Find().Select(found => found.Position));
    }

    [Fact]
    public void RequireWhole_CutAtTenPlacesOrWithOneByteChanged_IsDamaged()
    {
        var file = Write(new(1, 0));
        CheckpointFolder.RequireWhole(file);
        var bytes = File.ReadAllBytes(file);
        for (var cut = 0; cut < 10; cut++) AssertDamaged(file, bytes[..(bytes.Length * cut / 10)]);
        for (var at = 0; at < bytes.Length; at += 17) AssertDamaged(file, [.. bytes.Select((value, index) => index == at ? (byte)(value ^ 1) : value)]);
    }

    public void Dispose() => scratch.Dispose();

    private static void AssertDamaged(string file, byte[] bytes)
    {
        File.WriteAllBytes(file, bytes);
        Assert.Equal(ErrorCodes.CheckpointDamaged, Assert.Throws<EyeSlotsException>(() => CheckpointFolder.RequireWhole(file)).Code);
    }

    private string Write(Position position)
    {
        DurableFiles.Write(scratch.Folder, CheckpointFolder.Unfinished, stream =>
        {
            stream.Write(Enumerable.Range(0, 300).Select(value => (byte)(value + position.Epoch)).ToArray());
            return CheckpointFolder.NameOf(position, stream);
        });
        return Folder.Find().Single(found => found.Position == position).File;
    }
}
