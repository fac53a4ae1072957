using System.Security.Cryptography;
using EyeSlots.Spark.Connect;
using EyeSlots.Spark.Tests.Servers;

namespace EyeSlots.Spark.Tests.Connect;

/// <summary>Uploads on every version.</summary>
public abstract class ArtifactTests(SparkServerFixture spark)
{
    private protected SparkServer Server => spark.Server;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1 << 18)]
    [InlineData((1 << 18) + 1)]
    [InlineData(3_000_000)]
    public async Task AddArtifact_Twice_IsTheSameOnce(int length)
    {
        await using var session = await Sessions.OpenAsync(Server);
        var content = RandomNumberGenerator.GetBytes(length);
        await session.AddArtifactAsync($"files/a-{length}", content);
        await session.AddArtifactAsync($"files/a-{length}", content);
    }

    [Fact]
    public async Task AddArtifact_OfOtherBytesUnderTheName_IsRefused()
    {
        await using var session = await Sessions.OpenAsync(Server);
        await session.AddArtifactAsync("files/name", new byte[] { 1 });
        var error = await Assert.ThrowsAsync<SparkException>(() => session.AddArtifactAsync("files/name", new byte[] { 2 }));
        Assert.Contains("ARTIFACT_ALREADY_EXISTS", error.Message + error.ErrorClass, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("files/")]
    [InlineData("other/name")]
    [InlineData("files/../../name")]
    public async Task AddArtifact_OfANameWithoutUse_IsRefusedHere(string name)
    {
        await using var session = await Sessions.OpenAsync(Server);
        var error = await Assert.ThrowsAsync<ArgumentException>(() => session.AddArtifactAsync(name, new byte[] { 1 }));
        Assert.StartsWith($"An artifact cannot be named '{name}'; start with one of archives/, files/, jars/,", error.Message, StringComparison.Ordinal);
    }
}
