using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Integration.Tests.Pages;

/// <summary>The page of a dataset: what it shows, and what it says of damage.</summary>
[Collection(nameof(MadePages))]
public sealed class DatasetPageTests(MadePages made, Browser browser)
{
    [Fact]
    public async Task PathsThatAreMarkup_AreShownAsTheyAreAndDoNothing()
    {
        await using var opened = await browser.OpenAsync(made["data"]);
        Assert.Equal(0, await opened.Page.EvaluateAsync<int>("() => [...document.querySelectorAll('*')].filter(one => [...one.attributes].some(name => name.name.startsWith('on'))).length"));
        var cells = await opened.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('td')].map(cell => cell.textContent)");
        Assert.Contains("gone <i>.jpg #0", cells);
        Assert.Contains("../<u>.jpg #0", cells);
        Assert.Equal(2, cells.Count(cell => made.ListedPaths.Any(path => cell == $"{path} #1" || cell == $"{path} #2"))); // what is rejected as landmarks-invalid
        Assert.Contains(cells, cell => cell.Contains(" = test: ", StringComparison.Ordinal) || cell.Contains(" = training: ", StringComparison.Ordinal) || cell.Contains(" = validation: ", StringComparison.Ordinal));
        Assert.Empty(opened.Said);
    }

    [Fact]
    public async Task Pictures_AreCropsPhotographsWithSlotsAndRejectedFaces()
    {
        await using var opened = await browser.OpenAsync(made["data"]);
        var pictures = await opened.Page.EvaluateAsync<string[]>("async () => { const all = [...document.images]; await Promise.all(all.map(one => one.decode())); return all.map(one => one.alt); }");
        Assert.Equal(24, pictures.Count(alternative => alternative.StartsWith("Crop", StringComparison.Ordinal)));
        Assert.Equal(24, pictures.Count(alternative => alternative.StartsWith("Photograph with the slot", StringComparison.Ordinal)));
        Assert.Equal(2, pictures.Count(alternative => alternative.EndsWith("landmarks-invalid", StringComparison.Ordinal)));
        Assert.Contains("AffectNet's licence forbids passing them on", await opened.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SameGeneration_GivesTheSameBytes()
    {
        await EyeSlotsProgram.JsonAsync(DatasetPages.ReportOf(made, "data-once"));
        await EyeSlotsProgram.JsonAsync(DatasetPages.ReportOf(made, "data-twice"));
        Assert.Equal(await File.ReadAllBytesAsync(made["data-once"]), await File.ReadAllBytesAsync(made["data-twice"]));
    }

    [Fact]
    public async Task DamagedShard_IsNamedOnThePageAndEndsTheCommandWith1()
    {
        using var scratch = new Scratch();
        var rows = await RepeatedShards.MakeAsync(made.Shards, scratch["out"], crops: 1000);
        var broken = Directory.EnumerateFiles(scratch["out/shards"]).First(file => new FileInfo(file).LinkTarget is not null);
        File.Delete(broken);
        await File.WriteAllTextAsync(broken, "nothing");
        var result = await EyeSlotsProgram.RunAsync("report", "--data", scratch["out"], "--out", scratch["page.html"], "--json");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(Path.GetFileNameWithoutExtension(broken), Assert.Single(result.Json.GetProperty("damaged").EnumerateArray()).GetProperty("fingerprint").GetString());
        Assert.True(result.Json.GetProperty("crops").GetInt64() < rows);
        await using var opened = await browser.OpenAsync(scratch["page.html"]);
        Assert.Contains("1 shard could not be read", await opened.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DamagedManifest_IsOneErrorThatNamesIt()
    {
        using var scratch = new Scratch();
        await RepeatedShards.MakeAsync(made.Shards, scratch["out"], crops: 1);
        var manifest = scratch["out/manifests/affectnet/00000001.json"];
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest))[..^5]);
        var result = await EyeSlotsProgram.RunAsync("report", "--data", scratch["out"], "--out", scratch["page.html"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Matches(@"^error dataset-damaged: \S+/00000001\.json is no manifest: [^\n]+\n$", result.Errors);
        Assert.False(File.Exists(scratch["page.html"]));
    }
}
