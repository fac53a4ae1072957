using EyeSlots.Aws.Clusters;
using EyeSlots.Aws.Costs;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Aws.Clusters;

/// <summary>What cluster a user asks for.</summary>
public sealed class ClusterOptionsTests
{
    private static readonly ClusterOptions Usual = new() { Name = ClusterName.Parse("faces") };

    [Fact]
    public void DollarsPerHour_HoldsEveryMachineWithItsAddressAndItsDisk()
    {
        var prices = PriceFile.Default;
        var (machine, disk) = (prices["public IPv4"].Value, prices["disk"].Value / prices["hours of a month"].Value);
        var master = prices.MasterTypes[0].Price.Value + machine + (prices["disk of a master"].Value * disk);
        var worker = prices.DearestWorker.Price.Value + machine + (prices["disk of a worker"].Value * disk);
        Assert.Equal(master, (Usual with { Workers = new(0, 0) }).DollarsPerHour, 12);
        Assert.Equal(master + (8 * worker), (Usual with { Workers = new(2, 8) }).DollarsPerHour, 12);
    }

    [Fact]
    public void Validated_WhatNoTemplateTakes_IsRefusedInWordsOfTheCommandLine()
    {
        Refused.AsUsage("--hours must lie between 0.25 and 24, not 24.5.", () => (Usual with { Hours = 24.5 }).Validated());
        Refused.AsUsage("--on-demand must lie between 0 and 8, not 9.", () => (Usual with { OnDemand = 9 }).Validated());
        Refused.AsUsage("--master-type must be one of c7i.large, c7i.4xlarge, c6i.4xlarge, c7a.4xlarge, c6a.4xlarge, not m5.large.", () => (Usual with { MachineType = "m5.large" }).Validated());
    }

    [Theory]
    [InlineData("0", 0, 0)]
    [InlineData("4", 4, 4)]
    [InlineData("2-8", 2, 8)]
    [InlineData("64", 64, 64)]
    public void WorkerRange_AsHelpShowsIt_IsReadAndWrittenAlike(string text, int least, int most)
    {
        Assert.Equal(new WorkerRange(least, most), WorkerRange.Parse(text));
        Assert.Equal(text, new WorkerRange(least, most).ToString());
    }

    [Theory]
    [InlineData("65")]
    [InlineData("8-2")]
    [InlineData("0-4")]
    [InlineData("-1")]
    [InlineData("1-2-3")]
    [InlineData("")]
    public void WorkerRange_OfWhatIsNone_IsNotRead(string text) => Assert.Null(WorkerRange.Parse(text));
}
