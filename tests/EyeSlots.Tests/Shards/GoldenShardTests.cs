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
    [InlineData(300, 0, "d087fc0e9d9981e8f726ee1d1d17af23c897629bcdb7f92c717a869696e7949f", "")]
    [InlineData(300, 10, "1816f06cc640dd768a524e9dd349d7baab43056e0d3b08db6b499831804ca95b", "5b1b50cb28b9120076484e87c3e69fe1d906ffe18332b6d59ea5717730b8981c")]
    public async Task Finish_MadeUpCrops_GivesTheGoldenBytes(int faces, int rejectEvery, string shard, string quarantine)
    {
        var made = await MadeShard.MakeAsync(MadeShard.Slice(faces), rejectEvery);
        Assert.True((made.Result.Sha256, made.Result.QuarantineSha256) == (shard, quarantine), $"{Why} Now: {made.Result.Sha256} {made.Result.QuarantineSha256}");
    }

    [Fact]
    public void Versions_OfTheLibraries_AreThoseThatAreReferenced()
    {
        var packages = XDocument.Load(Path.Combine(SharedFolder.Repository, "Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(package => package.Attribute("Include")!.Value, package => package.Attribute("Version")!.Value);
        Assert.Equal(FormatVersions.ParquetWriter, $"Parquet.Net {packages["Parquet.Net"]}");
        Assert.Equal(FormatVersions.OpenCv, packages["OpenCvSharp4.official.runtime.linux-x64"]);
    }
}
