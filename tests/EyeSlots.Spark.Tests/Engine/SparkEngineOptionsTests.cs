using EyeSlots.Core;
using EyeSlots.Spark.Engine;

namespace EyeSlots.Spark.Tests.Engine;

public sealed class SparkEngineOptionsTests
{
    private static readonly SparkEngineOptions Sound = new() { Remote = "sc://cluster", WorkerArchive = "worker.tar" };

    [Fact]
    public void Defaults_AreThese()
    {
        Assert.Null(Sound.ProtocolLevel);
        Assert.Null(Sound.Credentials);
        Assert.Equal(7, Sound.Session.MaxTries);
        Assert.Equal(8192, Sound.MostRows);
        Assert.Equal(32 << 20, Sound.MostBytes);
        Assert.Equal(TimeSpan.FromMilliseconds(400), Sound.LibraryPatience);
        Assert.Same(Sound, Sound.Validated());
    }

    public static TheoryData<SparkEngineOptions, string> Wrong => new()
    {
        { Sound with { Remote = "cluster:15002" }, "The connection string must start with sc://; write sc://host:port/;key=value;…." },
        { Sound with { ProtocolLevel = 34 }, "--spark-level must be one of 35, 40, 41, 42, 43, not 34." },
        { Sound with { LibraryPatience = TimeSpan.FromDays(1) }, "Executors may take up to an hour to say what they have, not 1.00:00:00." },
        { Sound with { MostRows = 0 }, "The rows of a query must lie between 1 and 1048576, not 0." },
        { Sound with { MostBytes = -1 }, "The bytes of a query's slices must lie between 1 and 1073741824, not -1." },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void Validated_OfWrongOptions_SaysWhichAndWhatTheyMayBe(SparkEngineOptions options, string text)
    {
        var error = Assert.Throws<EyeSlotsException>(() => options.Validated());
        Assert.Equal((ErrorCodes.Usage, text), (error.Code, error.Message));
    }
}
