using System.Text;
using EyeSlots.Core.Storage;

namespace EyeSlots.Integration.Tests.Storage;

public abstract partial class ObjectStoreContract
{
    [Fact]
    public async Task Read_ReplacedSinceItWasPlanned_IsChanged()
    {
        await Store.PublishAsync("image.jpg", "before"u8.ToArray());
        var planned = await Store.StatAsync("image.jpg");
        Assert.Equal(ReadOutcome.Read, await Store.ReadAsync("image.jpg", planned, buffer, 100));
        await Store.DeleteAsync("image.jpg");
        Assert.Equal(ReadOutcome.Missing, await Store.ReadAsync("image.jpg", planned, buffer, 100));
        await Store.PublishAsync("image.jpg", "afterw"u8.ToArray());
        Assert.Equal(ReadOutcome.Changed, await Store.ReadAsync("image.jpg", planned, buffer, 100));
        Assert.Equal(ReadOutcome.Read, await Store.ReadAsync("image.jpg", null, buffer, 100));
        Assert.Equal("afterw", Encoding.ASCII.GetString(buffer.Span));
    }

    [Fact]
    public async Task Read_LargerThanAllowed_IsTooLargeAndLeavesTheBufferAlone()
    {
        await Store.PublishAsync("large", new byte[101]);
        buffer.Reset(3);
        Assert.Equal(ReadOutcome.TooLarge, await Store.ReadAsync("large", null, buffer, 100));
        Assert.Equal(3, buffer.Length);
        Assert.Equal(ReadOutcome.Read, await Store.ReadAsync("large", await Store.StatAsync("large"), buffer, 101));
        Assert.Equal(101, buffer.Length);
    }

    [Theory]
    [InlineData(0, 9, "slices of")]
    [InlineData(7, 2, "of")]
    [InlineData(10, 5, "a run")]
    [InlineData(3, 0, "")]
    public async Task ReadPart_WithinTheContent_GivesThatPart(long offset, int length, string expected)
    {
        await Store.PublishAsync("plan", "slices of a run"u8.ToArray());
        var part = new byte[length];
        Assert.True(await Store.ReadPartAsync("plan", offset, part));
        Assert.Equal(expected, Encoding.ASCII.GetString(part));
    }

    [Theory]
    [InlineData(0, 16)]
    [InlineData(14, 2)]
    [InlineData(15, 1)]
    [InlineData(99, 1)]
    public async Task ReadPart_BeyondTheEnd_IsAnError(long offset, int length)
    {
        await Store.PublishAsync("plan", "slices of a run"u8.ToArray());
        var error = await Assert.ThrowsAsync<StorageException>(async () => await Store.ReadPartAsync("plan", offset, new byte[length]));
        Assert.Contains("/plan is shorter", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("no/folder/nothing")]
    [InlineData("there/below-a-file")]
    [InlineData("../there")]
    [InlineData("a/../there")]
    [InlineData("./there")]
    [InlineData("/there")]
    [InlineData("")]
    public async Task ReadAndStat_NoSuchKeyOrOneThatStepsUp_IsMissing(string key)
    {
        await Store.PublishAsync("there", "x"u8.ToArray());
        Assert.Equal(ReadOutcome.Missing, await Store.ReadAsync(key, null, buffer, 100));
        Assert.Null(await Store.StatAsync(key));
        Assert.False(await Store.ReadPartAsync(key, 0, new byte[1]));
        await Assert.ThrowsAsync<StorageException>(() => Store.OpenAsync(key));
    }
}
