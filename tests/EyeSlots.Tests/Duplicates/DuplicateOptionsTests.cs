using EyeSlots.Preprocessing.Duplicates;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Duplicates;

public sealed class DuplicateOptionsTests
{
    [Fact]
    public void Distance_ByDefault_IsFourBits() => Assert.Equal(4, new DuplicateOptions().Validated().Distance);

    [Theory]
    [InlineData(-1)]
    [InlineData(17)]
    [InlineData(int.MaxValue)]
    public void Validated_OfAWrongDistance_SaysWhatItMayBe(int distance) =>
        Refused.AsUsage($"--distance must lie between 0 and 16, not {distance}.", () => new DuplicateOptions { Distance = distance }.Validated());
}
