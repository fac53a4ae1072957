using EyeSlots.Spark.Contract;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Contract;

public sealed class RemoteJobTests
{
    [Fact]
    public void Validated_OfAJobThatIsNotOurs_RefusesItAsTheCommandLineDoes()
    {
        var job = new RemoteJob { Images = "/images", Output = "/out", Parameters = new() };
        Assert.Same(job, job.Validated());
        Assert.False(job.WholeObjects);
        Refused.AsUsage("--quality must lie between 1 and 100, not 0.", () => (job with { Parameters = new() { Quality = 0 } }).Validated());
        Refused.AsUsage("--memory must lie between 16MB and 1024GB, not -1 bytes.", () => (job with { MemoryBytes = -1 }).Validated());
    }
}
