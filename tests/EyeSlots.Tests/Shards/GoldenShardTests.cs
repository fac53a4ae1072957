using System.Xml.Linq;
using EyeSlots.Core.Planning;

namespace EyeSlots.Tests.Shards;

/// <summary>The bytes of shards and quarantine files stay what they are until a version is raised.</summary>
public sealed class GoldenShardTests
{
    private const string Why =
        "Shards have other bytes than those published under the same fingerprints. If that is meant, raise FormatVersions.Schema " +
        "(FormatVersions.ParquetWriter for another Parquet.Net) and renew the hashes here; if not, find out what changed.";

    [Theory]
    [InlineData(0, 0, "94eeddd9cdeaf79b16e9bd409a83f5decfb2074c4d0036d562680a5ad725e2c7", "")]
    [InlineData(300, 0, "4505825b690a240bd6cd312cb21fa77afd1b395f470cf3c6974b988f955e336b", "")]
    [InlineData(300, 10, "c18ef0804a6b264eb19c8564650db0ca309b93cdad440b62e0a5ab3f2976047f", "c76171681b82d941783d282d1bee14f8952efa8f8f2b9e84268167ef5f901c44")]
    public async Task Finish_MadeUpCrops_GivesTheGoldenBytes(int faces, int rejectEvery, string shard, string quarantine)
    {
        var made = await MadeShard.MakeAsync(MadeShard.Slice(faces), rejectEvery);
        Assert.True((made.Result.Sha256, made.Result.QuarantineSha256) == (shard, quarantine), $"{Why} Now: {made.Result.Sha256} {made.Result.QuarantineSha256}");
    }

    [Fact]
    public void Versions_OfTheLibraries_AreThoseThatAreReferenced()
    {
        var packages = XDocument.Load(Path.Combine(Repository(), "Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(package => package.Attribute("Include")!.Value, package => package.Attribute("Version")!.Value);
        Assert.Equal(FormatVersions.ParquetWriter, $"Parquet.Net {packages["Parquet.Net"]}");
        Assert.Equal(FormatVersions.OpenCv, packages["OpenCvSharp4.official.runtime.linux-x64"]);
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "EyeSlots.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
