using EyeSlots.Storage.S3.Gets;

namespace EyeSlots.Integration.Tests.Storage.Gets;

/// <summary>Whether starts pay, beside servers that are narrow, far, near, or bad at parts.</summary>
public sealed class StartTimesTests
{
    private readonly StartTimes times = new();
    private readonly Random random = new(17);

    [Fact]
    public void Pay_LittleWasRead_IsTrue()
    {
        Assert.True(times.Pay);
        Read(15, size => 1, start => 2);
        Assert.True(times.Pay);
    }

    // 1 MB a second for each read, 20 ms away.
    [Fact]
    public void Pay_NarrowNetwork_IsTrue()
    {
        Read(400, Seconds, Seconds);
        Assert.True(times.Pay);

        static double Seconds(double bytes) => 0.02 + (bytes / 1e6);
    }

    // What bytes take is nothing beside the distance.
    [Fact]
    public void Pay_WideNetworkAtADistance_IsFalse()
    {
        Read(100, Seconds, Seconds);
        Assert.False(times.Pay);

        static double Seconds(double bytes) => 0.03 + (bytes / 1e9);
    }

    [Fact]
    public void Pay_ServerThatIsSlowerWithParts_IsFalse()
    {
        Read(100, bytes => 0.002 + (bytes / 1e8), bytes => 0.005 + (bytes / 1e8));
        Assert.False(times.Pay);
    }

    [Fact]
    public void Pay_ObjectsOfOneSize_ComparesTheirTimes()
    {
        for (var read = 0; read < 40; read++)
        {
            times.AddWhole(35_000, TimeSpan.FromMilliseconds(10));
            times.AddStart(35_000, TimeSpan.FromMilliseconds(6));
        }

        Assert.True(times.Pay);
        for (var read = 0; read < 40; read++) times.AddStart(35_000, TimeSpan.FromMilliseconds(14));
        Assert.False(times.Pay);
    }

    [Fact]
    public void Pay_StartsThatAreOftenTooShort_IsFalse()
    {
        for (var read = 0; read < 40; read++)
        {
            times.AddWhole(35_000, TimeSpan.FromMilliseconds(10));
            times.AddStart(35_000, TimeSpan.FromMilliseconds(6));
            if (read % 2 == 0) times.AddRest(TimeSpan.FromMilliseconds(8));
        }

        Assert.False(times.Pay);
    }

    [Fact]
    public void Pay_NetworkThatBecomesNarrow_FollowsIt()
    {
        Read(400, bytes => 0.03, bytes => 0.03);
        Assert.False(times.Pay);
        Read(1000, bytes => 0.03 + (bytes / 1e6), bytes => 0.03 + (bytes / 1e6));
        Assert.True(times.Pay);
    }

    // As many of both as a job reads in its worst case: one in sixty-four the other way would only take longer to say.
    private void Read(int reads, Func<double, double> whole, Func<double, double> part)
    {
        for (var read = 0; read < reads; read++)
        {
            var size = random.Next(20_000, 400_000);
            var noise = 0.8 + (0.4 * random.NextDouble());
            if (read % 2 == 0) times.AddWhole(size, TimeSpan.FromSeconds(noise * whole(size)));
            else times.AddStart(size, TimeSpan.FromSeconds(noise * part(0.6 * size)));
        }
    }
}
