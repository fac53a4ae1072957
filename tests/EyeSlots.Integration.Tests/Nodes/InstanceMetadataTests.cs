using EyeSlots.Aws.Nodes;
using EyeSlots.Core;
using EyeSlots.Integration.Tests.Aws;
using EyeSlots.Integration.Tests.Storage.Servers;

namespace EyeSlots.Integration.Tests.Nodes;

/// <summary>What a machine is told about itself, by a service that is slow to begin.</summary>
public sealed class InstanceMetadataTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public async Task Metadata_ThatDoNotAnswerAtFirst_AreAskedAgain(int failures, bool answers)
    {
        var asked = 0;
        await using var server = await SmallServer.StartAsync(context => ++asked <= failures ? context.AnswerAsync(503, "text/plain", "") : context.AnswerAsync(200, "text/plain", "i-0123456789abcdef0"));
        using var metadata = new InstanceMetadata(server.Endpoint.AbsoluteUri, new SkippingTime());
        if (answers)
        {
            Assert.Equal("i-0123456789abcdef0", await metadata.InstanceIdAsync(Cancellation));
            return;
        }

        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => metadata.InstanceIdAsync(Cancellation));
        Assert.StartsWith("the instance's metadata (IMDSv2) does not answer: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "instanceId" : "i-1", "pendingTime" : "2026-11-27T01:02:03Z" }""", "2026-11-27T01:02:03Z")]
    [InlineData("""{ "instanceId" : "i-1" }""", null)]
    [InlineData("no JSON", null)]
    public async Task Launch_IsThePendingTimeOfTheInstancesDocument(string document, string? time)
    {
        await using var server = await SmallServer.StartAsync(context => context.AnswerAsync(200, "text/plain", context.Request.Method == "PUT" ? "token" : document));
        using var metadata = new InstanceMetadata(server.Endpoint.AbsoluteUri, TimeProvider.System);
        Assert.Equal(time is null ? null : DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture), await metadata.LaunchedAsync(Cancellation));
    }
}
