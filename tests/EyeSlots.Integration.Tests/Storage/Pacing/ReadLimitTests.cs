using EyeSlots.Storage.S3.Pacing;

namespace EyeSlots.Integration.Tests.Storage.Pacing;

/// <summary>The limit against models of servers, on a simulated clock: this machine works on at most 4,000 reads a second.</summary>
public sealed class ReadLimitTests
{
    private const double Possible = 4000;

    /// <summary>A job that ends after two seconds, and its connections.</summary>
    private const int JobReads = 8000, MostOfJob = 512;

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.03)]
    [InlineData(0.05)]
    public void Limit_AtAnyDistance_ReachesNineTenthsOfTheRateWithinASecond(double latency)
    {
        var reads = new ReadSimulation(new() { Latency = latency }).Run(20);
        Assert.InRange(reads.Rate(0, 1), 0.75 * Possible, Possible);
        Assert.InRange(reads.Rate(0.5, 20), 0.9 * Possible, 1.01 * Possible);
    }

    [Fact]
    public void Limit_AtTheStart_OpensFewMoreConnectionsThanItUses()
    {
        var reads = new ReadSimulation(new(), MostOfJob) { IsOfWorkers = true }.Run(5);
        Assert.InRange(reads.MostInFlight, 0.03 * Possible, 1.5 * reads.Limit(1, 5));
    }

    [Fact]
    public void Limit_FartherThanTheConnectionsReach_UsesAllOfThem()
    {
        var reads = new ReadSimulation(new() { Latency = 0.1 }).Run(5);
        Assert.InRange(reads.Rate(1, 5), 0.9 * 256 / 0.1, 256 / 0.09);
        Assert.Equal(256, reads.MostInFlight);
    }

    [Fact]
    public void Limit_LatenciesThatDifferWidely_ReachesTheSame() =>
        Assert.InRange(new ReadSimulation(new() { Spread = 6 }).Run(20).Rate(0.5, 20), 0.9 * Possible, 1.01 * Possible);

    [Fact]
    public void Limit_SlowConnections_UsesMoreOfThem() =>
        Assert.InRange(new ReadSimulation(new() { OfOneConnection = 10e6, Size = 131_000 }).Run(20).Rate(1, 20), 0.9 * Possible, 1.01 * Possible);

    [Theory]
    [InlineData(20e6, 35_000)]
    [InlineData(20e6, 131_000)]
    [InlineData(98e6, 131_000)]
    public void Limit_NarrowLine_FillsItWithoutALongQueue(double bandwidth, double size)
    {
        var reads = new ReadSimulation(new() { Bandwidth = bandwidth, Size = size }).Run(25);
        var possible = bandwidth / size;
        Assert.InRange(reads.Rate(0, 1), 0.85 * possible, 1.1 * possible);
        Assert.InRange(reads.Rate(1, 25), 0.95 * possible, 1.02 * possible);

        // What lies on the way, half as much again, and what a queue grows by at a time.
        var onTheWay = (possible * 0.03) + (possible / Possible);
        Assert.InRange(reads.Limit(10, 25), onTheWay, (2 * onTheWay) + 25);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(1000)]
    public void Limit_ServerWithACapacity_StaysBelowItAndIsSeldomRefused(double capacity)
    {
        var reads = new ReadSimulation(new() { Capacity = capacity }).Run(25);
        Assert.InRange(reads.Rate(0, 5), 0.6 * capacity, 1.1 * capacity);
        Assert.InRange(reads.Rate(5, 25), 0.85 * capacity, 1.01 * capacity);
        Assert.InRange(reads.SlowDownsBetween(10, 25), 0, 0.12 * 15 * capacity);
    }

    [Theory]
    [InlineData(0.002)]
    [InlineData(0.015)]
    [InlineData(0.05)]
    [InlineData(0.5)]
    public void Limit_SlowDownsWhateverIsAsked_DoNotStarveIt(double share)
    {
        var reads = new ReadSimulation(new() { SlowDowns = share }).Run(25);
        Assert.InRange(reads.Rate(1, 25), 0.9 * Possible, 1.01 * Possible);
    }

    [Theory]
    [InlineData(0.03, 0.02)]
    [InlineData(0.03, 0.05)]
    [InlineData(0.03, 0.2)]
    [InlineData(0.03, 0.5)]
    [InlineData(0.1, 0.02)]
    [InlineData(0.1, 0.05)]
    [InlineData(0.1, 0.2)]
    [InlineData(0.1, 0.5)]
    public void Limit_SlowDownsWhateverIsAsked_CostAShortJobLittle(double latency, double share)
    {
        var calm = Job(new() { Latency = latency }, 1);

        // What is refused needs its round trip as well; more reads than connections are not in flight.
        var possible = Math.Max(calm, JobReads * latency / (1 - share) / MostOfJob);
        var times = Enumerable.Range(1, 20).Select(seed => Job(new() { Latency = latency, SlowDowns = share }, seed)).ToList();
        Assert.InRange(times.Average(), possible, 1.2 * possible);
        Assert.InRange(times.Max(), possible, 1.4 * possible);
    }

    [Theory]
    [InlineData(0.03, 300, 0)]
    [InlineData(0.03, 1000, 0)]
    [InlineData(0.03, 3500, 0)]
    [InlineData(0.03, 1000, 0.05)]
    [InlineData(0.03, 3500, 0.05)]
    [InlineData(0.1, 300, 0)]
    [InlineData(0.1, 1000, 0)]
    [InlineData(0.1, 3500, 0)]
    [InlineData(0.1, 1000, 0.05)]
    [InlineData(0.1, 3500, 0.05)]
    public void Limit_ServerWithACapacityThatAlsoRefusesOthers_IsFoundAndKept(double latency, double capacity, double share)
    {
        foreach (var seed in Enumerable.Range(1, 5))
        {
            var reads = new ReadSimulation(new() { Latency = latency, Capacity = capacity, Burst = Math.Max(20, capacity / 10), SlowDowns = share }, MostOfJob, seed) { IsOfWorkers = true }.Run(25);
            Assert.InRange(reads.Rate(0, 2), 0.55 * capacity, 1.1 * capacity);
            Assert.InRange(reads.Rate(5, 25), 0.8 * capacity, 1.02 * capacity);
            Assert.InRange(reads.SlowDownsBetween(10, 25), 0, (share + 0.06) * 15 * capacity);
        }
    }

    [Fact]
    public void Limit_ServerOfFiftyConnections_UsesThemAndLosesFewTries()
    {
        var reads = new ReadSimulation(new() { Connections = 50 }).Run(25);
        Assert.InRange(reads.Rate(0, 1), 0.8 * 50 / 0.031, 50 / 0.03);
        Assert.InRange(reads.Rate(1, 25), 0.9 * 50 / 0.031, 50 / 0.03);
        Assert.InRange(reads.Refused, 1, 25 * 8);
    }

    [Fact]
    public void Limit_EveryTwoHundredthReadStalls_HoldsOnlyThoseUp() =>
        Assert.InRange(new ReadSimulation(new() { StallEvery = 200 }).Run(25).Rate(1, 25), 0.9 * Possible, 1.01 * Possible);

    [Fact]
    public void Limit_NobodyWaits_DoesNotGrow()
    {
        var reads = new ReadSimulation(new() { Demand = 500 }).Run(25);
        Assert.InRange(reads.Rate(1, 25), 495, 505);
        Assert.InRange(reads.MostInFlight, 1, 32);
    }

    [Fact]
    public void Limit_ServerThatGoesAwayAndComesBack_RecoversWithinSeconds()
    {
        var reads = new ReadSimulation(new()).Run(5);
        reads.Server = new() { Connections = -1 };
        reads.Run(6);
        reads.Server = new();
        Assert.InRange(reads.Run(30).Rate(15, 30), 0.9 * Possible, 1.01 * Possible);
        Assert.Equal(0, reads.Rate(5.2, 6));
    }

    [Fact]
    public void Limit_DistanceThatGrowsForGood_IsMeasuredAnew()
    {
        var reads = new ReadSimulation(new() { Latency = 0.01 }, most: 512).Run(10);
        reads.Server = new() { Latency = 0.06 };
        Assert.InRange(reads.Run(40).Rate(25, 40), 0.9 * Possible, 1.01 * Possible);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Limit_FewConnections_NeverExceedsThem(int most)
    {
        var reads = new ReadSimulation(new(), most).Run(10);
        Assert.Equal(most, reads.MostInFlight);
        Assert.InRange(reads.Rate(1, 10), 0.9 * most / 0.031, 1.1 * most / 0.03);
    }

    private static double Job(ServerModel server, int seed) => new ReadSimulation(server, MostOfJob, seed) { IsOfWorkers = true }.SecondsFor(JobReads);
}
