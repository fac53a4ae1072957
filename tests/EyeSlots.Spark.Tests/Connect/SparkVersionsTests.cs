using EyeSlots.Spark.Connect;

namespace EyeSlots.Spark.Tests.Connect;

public class SparkVersionsTests
{
    [Theory]
    [InlineData("3.5.8", 35)]
    [InlineData("4.0.5", 40)]
    [InlineData("4.1.0-SNAPSHOT", 41)]
    [InlineData("4.2-preview", 42)]
    [InlineData("4.3.0.dev1", 43)]
    public void LevelOf_AKnownVersion_IsItsMinor(string version, int level)
    {
        Assert.Equal(level, SparkVersions.LevelOf(version));
        Assert.Equal($"eyeslots/{level}", SparkVersions.WorkerVersion(level));
    }

    [Theory]
    [InlineData("3.4.4", "too old")]
    [InlineData("4.4.0", "not known")]
    [InlineData("5.0.0", "not known")]
    [InlineData("tomorrow", "not known")]
    [InlineData("", "not known")]
    public void LevelOf_AnotherVersion_ListsTheKnownOnes(string version, string judgement)
    {
        var error = Assert.Throws<SparkVersionException>(() => SparkVersions.LevelOf(version));
        Assert.Equal(
            $"The server runs Spark {version}, which is {judgement}. Use Spark 3.5, 4.0, 4.1, 4.2, 4.3, or set SparkSessionOptions.ProtocolLevel where it is known to speak like one of them.",
            error.Message);
    }
}
