using EyeSlots.Core;
using EyeSlots.Executor;
using EyeSlots.Spark.Contract;
using EyeSlots.Storage.S3;

namespace EyeSlots.Spark.Tests.Engine;

/// <summary>How an executor reaches S3, from what the driver sends.</summary>
public sealed class ExecutorSettingsTests
{
    [Fact]
    public void StorageOf_WhatTheDriverSays_IsTaken()
    {
        var storage = ExecutorSettings.StorageOf(new("http://s3:7070", "eu-west-1", true, 17), null);
        Assert.Equal(("http://s3:7070", "eu-west-1", true, 17), (storage.Endpoint, storage.Region, storage.RequesterPays, storage.Connections));
    }

    [Fact]
    public void StorageOf_WithoutConnections_TakesTheDefault() =>
        Assert.Equal(new S3Options().Connections, ExecutorSettings.StorageOf(new RemoteStorage(), null).Connections);

    [Theory]
    [InlineData(0)]
    [InlineData(S3Options.MostConnections + 1)]
    public void StorageOf_ConnectionsThatNoCommandLineTakes_IsRefused(int connections)
    {
        var error = Assert.Throws<EyeSlotsException>(() => ExecutorSettings.StorageOf(new(S3Connections: connections), null));
        Assert.Equal(ErrorCodes.Usage, error.Code);
        Assert.Contains($"{connections}", error.Message, StringComparison.Ordinal);
    }
}
