using EyeSlots.Integration.Tests.Cli;
using Microsoft.Playwright;

namespace EyeSlots.Integration.Tests.Pages;

/// <summary>Pages in Chromium, on a desk and on a telephone, in a light and in a dark room.</summary>
[Collection(nameof(MadePages))]
public sealed class PagesTests(MadePages made, Browser browser)
{
    private const long MostBytes = 5_000_000;
    private static readonly string[] Names = ["run", "runs", "run-without-pictures", "data", "data-without-pictures"];

    public static TheoryData<string, int, ColorScheme> Views =>
        [.. from page in Names from width in new[] { 1280, 390 } from scheme in new[] { ColorScheme.Light, ColorScheme.Dark } select new TheoryDataRow<string, int, ColorScheme>(page, width, scheme)];

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Page_InChromium_AsksForNothingFitsTheWindowAndCanBeReadByEverybody(string page, int width, ColorScheme scheme)
    {
        await using var opened = await browser.OpenAsync(made[page], width, scheme);
        Assert.Equal(0, await opened.Page.EvaluateAsync<int>("() => document.scripts.length"));
        Assert.Equal(width, await opened.Page.EvaluateAsync<int>("() => Math.max(document.documentElement.scrollWidth, innerWidth)"));
        Assert.Empty(await Browser.FaultsAsync(opened.Page));
        Assert.Empty(opened.Said);
        Assert.Equal([new Uri(made[page]).AbsoluteUri], opened.Requests);
        Assert.InRange(new FileInfo(made[page]).Length, 1, MostBytes);
    }

    [Fact]
    public async Task Drawings_InALightAndInADarkRoom_AreOfOneFormEach()
    {
        foreach (var (scheme, shown) in new[] { (ColorScheme.Light, "light"), (ColorScheme.Dark, "dark") })
        {
            await using var opened = await browser.OpenAsync(made["run"], scheme: scheme);
            var visible = await opened.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('figure > svg')].filter(one => one.getClientRects().length).map(one => one.getAttribute('class'))");
            Assert.Equal(11, visible.Length); // three of the epochs, and four of each of two lists
            Assert.All(visible, one => Assert.Equal(shown, one));
        }
    }

    [Fact]
    public async Task PathsThatAreMarkup_AreShownAsTheyAreAndDoNothing()
    {
        await using var opened = await browser.OpenAsync(made["run"]);
        Assert.Equal(0, await opened.Page.EvaluateAsync<int>("() => [...document.querySelectorAll('*')].filter(one => [...one.attributes].some(name => name.name.startsWith('on'))).length"));
        var shown = await opened.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('table')].flatMap(table => [...table.rows].map(row => row.cells[0].textContent))");
        Assert.Equal(16, shown.Count(cell => made.ListedPaths.Any(path => cell.StartsWith($"test: {path} #", StringComparison.Ordinal))));
        Assert.Contains(Path.GetFileName(made.First), await opened.Page.TitleAsync(), StringComparison.Ordinal);
        Assert.Empty(opened.Said);
    }

    [Fact]
    public async Task Pictures_AreOfTheFacesPredictedBestAndWorst_WithTheLineOnTheLicence()
    {
        await using var opened = await browser.OpenAsync(made["run"]);
        var widths = await opened.Page.EvaluateAsync<int[]>("async () => { const all = [...document.images]; await Promise.all(all.map(one => one.decode())); return all.map(one => one.naturalWidth); }");
        Assert.Equal(32, widths.Length); // eight and eight of each of two lists
        Assert.All(widths, width => Assert.InRange(width, 20, 240));
        Assert.Contains("AffectNet's licence forbids passing them on", await opened.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("data")]
    public async Task NoPictures_LeavesOutEveryPixelAndEveryPathOfAFace(string page)
    {
        await using var opened = await browser.OpenAsync(made[$"{page}-without-pictures"]);
        Assert.Equal(0, await opened.Page.EvaluateAsync<int>("() => document.querySelectorAll('img, image, picture, canvas, video, object, embed').length"));
        var held = await opened.Page.EvaluateAsync<string>(
            "() => [document.documentElement.textContent, ...[...document.querySelectorAll('*')].flatMap(one => [...one.attributes].map(name => name.value))].join('\\n')");
        Assert.DoesNotContain(made.ListedPaths, path => held.Contains(path, StringComparison.Ordinal) || held.Contains(Path.GetFileName(path), StringComparison.Ordinal));
        await using var withPictures = await browser.OpenAsync(made[page]);
        Assert.Contains(Path.GetFileName(made.ListedPaths.First())[..10], await withPictures.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ManyEvaluationsOfManyFaces_MakeAPageThatIsStillSentByMail()
    {
        using var run = new CopiedRun(made.First);
        run.CopyEvaluation(copies: 6, faces: 20_000);
        var report = await EyeSlotsProgram.JsonAsync("report", "--run", run.Folder, "--out", run.Page);
        Assert.InRange(report.GetProperty("bytes").GetInt64(), 1_000_000, MostBytes);
        await using var opened = await browser.OpenAsync(run.Page);
        Assert.Contains("Predictions of the last 3 of these evaluations are not drawn below", await opened.Page.InnerTextAsync("#s1"), StringComparison.Ordinal);
    }
}
