using EyeSlots.Spark.Connect;

namespace EyeSlots.Spark.Tests.Connect;

public class SparkSessionOptionsTests
{
    [Fact]
    public void Defaults_AreThese()
    {
        var options = new SparkSessionOptions();
        Assert.Equal(TimeSpan.FromSeconds(10), options.ConnectTimeout);
        Assert.Equal(TimeSpan.FromSeconds(60), options.CallTimeout);
        Assert.Equal(TimeSpan.FromMinutes(10), options.StallTimeout);
        Assert.Equal(15, options.MaxTries);
        Assert.Equal(TimeSpan.FromMilliseconds(50), options.FirstRetryDelay);
        Assert.Equal(TimeSpan.FromSeconds(60), options.MaxRetryDelay);
        Assert.Equal(8 << 20, options.CacheThreshold);
        Assert.Null(options.ProtocolLevel);
        Assert.Null(options.RootCertificate);
        Assert.Same(TimeProvider.System, options.Time);
    }

    public static TheoryData<SparkSessionOptions, string> Bad => new()
    {
        { new() { ConnectTimeout = TimeSpan.Zero }, "ConnectTimeout is 00:00:00; it must lie above 0 and within a day." },
        { new() { CallTimeout = TimeSpan.FromDays(2) }, "CallTimeout is 2.00:00:00; it must lie above 0 and within a day." },
        { new() { StallTimeout = TimeSpan.FromSeconds(-2) }, "StallTimeout is -00:00:02; it must lie above 0 and within a day." },
        { new() { FirstRetryDelay = TimeSpan.Zero }, "FirstRetryDelay is 00:00:00; it must lie above 0 and within a day." },
        { new() { MaxRetryDelay = TimeSpan.Zero }, "MaxRetryDelay is 00:00:00; it must lie above 0 and within a day." },
        { new() { MaxTries = 0 }, "MaxTries is 0; it must be at least 1." },
        { new() { CacheThreshold = -1 }, "CacheThreshold is -1; it must not be negative." },
        { new() { ProtocolLevel = 34 }, "ProtocolLevel is 34; it must be one of 35, 40, 41, 42, 43." },
    };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void Options_OutOfRange_SayTheRange(SparkSessionOptions options, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => SparkSession.Builder().Options(options)).Message);

    [Fact]
    public void StallTimeout_MayBeInfinite() => SparkSession.Builder().Options(new() { StallTimeout = Timeout.InfiniteTimeSpan });
}
