using System.Text;
using EyeSlots.Core.Storage;

namespace EyeSlots.Integration.Tests.Storage;

public abstract partial class ObjectStoreContract
{
    [Theory]
    [InlineData(1, "s")]
    [InlineData(6, "slices")]
    [InlineData(14, "slices of a ru")]
    [InlineData(15, "slices of a run")]
    [InlineData(16, "slices of a run")]
    [InlineData(int.MaxValue, "slices of a run")]
    public async Task ReadStart_ThenRest_GivesTheStartAndThenAll(int bytes, string start)
    {
        var planned = await PublishedAsync("image.jpg", "slices of a run");
        buffer.Reset(99);
        Assert.Equal(ReadOutcome.Read, await Store.ReadStartAsync("image.jpg", planned, buffer, bytes));
        Assert.Equal(start, Encoding.ASCII.GetString(buffer.Span));
        Assert.Equal(ReadOutcome.Read, await Store.ReadRestAsync("image.jpg", planned, buffer));
        Assert.Equal("slices of a run", Encoding.ASCII.GetString(buffer.Span));
        Assert.Equal(ReadOutcome.Read, await Store.ReadRestAsync("image.jpg", planned, buffer));
        Assert.Equal(15, buffer.Length);
    }

    [Fact]
    public async Task ReadStart_ThenRest_OfALargeObject_IsTheObject()
    {
        var content = new byte[300_007];
        new Random(3).NextBytes(content);
        Assert.True(await Store.PublishAsync("large", content));
        var planned = (await Store.StatAsync("large"))!.Value;
        foreach (var bytes in (int[])[4_095, 4_096, 65_536, 300_006])
        {
            Assert.Equal(ReadOutcome.Read, await Store.ReadStartAsync("large", planned, buffer, bytes));
            Assert.True(buffer.Span.SequenceEqual(content.AsSpan(0, bytes)));
            Assert.Equal(ReadOutcome.Read, await Store.ReadRestAsync("large", planned, buffer));
            Assert.True(buffer.Span.SequenceEqual(content));
        }
    }

    [Fact]
    public async Task ReadStart_EmptyObject_IsReadAsEmpty()
    {
        var planned = await PublishedAsync("empty", "");
        buffer.Reset(5);
        Assert.Equal(ReadOutcome.Read, await Store.ReadStartAsync("empty", planned, buffer, 10));
        Assert.Equal(0, buffer.Length);
        Assert.Equal(ReadOutcome.Read, await Store.ReadRestAsync("empty", planned, buffer));
        Assert.Equal(0, buffer.Length);
    }

    [Theory]
    [InlineData("afterw")]
    [InlineData("a")]
    [InlineData("")]
    [InlineData("before and more")]
    public async Task ReadStartAndRest_ReplacedSinceItWasPlanned_AreChanged(string by)
    {
        var planned = await PublishedAsync("image.jpg", "before");
        Assert.Equal(ReadOutcome.Read, await Store.ReadStartAsync("image.jpg", planned, buffer, 4));
        await Store.DeleteAsync("image.jpg");
        await PublishedAsync("image.jpg", by);
        Assert.Equal(ReadOutcome.Changed, await Store.ReadRestAsync("image.jpg", planned, buffer));
        Assert.Equal(ReadOutcome.Changed, await Store.ReadStartAsync("image.jpg", planned, buffer, 4));
        Assert.Equal(ReadOutcome.Changed, await Store.ReadStartAsync("image.jpg", planned, buffer, 6));
    }

    [Fact]
    public async Task ReadStartAndRest_GoneSinceItWasPlanned_AreMissing()
    {
        var planned = await PublishedAsync("folder/image.jpg", "before");
        Assert.Equal(ReadOutcome.Read, await Store.ReadStartAsync("folder/image.jpg", planned, buffer, 4));
        await Store.DeleteAsync("folder/image.jpg");
        Assert.Equal(ReadOutcome.Missing, await Store.ReadRestAsync("folder/image.jpg", planned, buffer));
        foreach (var key in (string[])["folder/image.jpg", "nothing", "folder/../folder/image.jpg", "/folder", ""])
            Assert.Equal(ReadOutcome.Missing, await Store.ReadStartAsync(key, planned, buffer, 4));
    }

    [Fact]
    public async Task ReadStartAndRest_WhatCannotBeAskedFor_IsRefused()
    {
        var planned = await PublishedAsync("image.jpg", "before");
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Store.ReadStartAsync("image.jpg", planned, buffer, 0));
        buffer.Reset(7);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Store.ReadRestAsync("image.jpg", planned, buffer));
    }

    private async Task<ObjectStat> PublishedAsync(string key, string content)
    {
        Assert.True(await Store.PublishAsync(key, Encoding.ASCII.GetBytes(content)));
        return (await Store.StatAsync(key))!.Value;
    }
}
