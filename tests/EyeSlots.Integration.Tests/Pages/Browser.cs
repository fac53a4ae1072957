using EyeSlots.Integration.Tests.Truth;
using Microsoft.Playwright;

namespace EyeSlots.Integration.Tests.Pages;

/// <summary>Chromium of the system, without a screen.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly Lazy<string> Axe = new(() => File.ReadAllText(Document.InRepository("artifacts", "npm", "node_modules", "axe-core", "axe.min.js")));
    private IPlaywright? playwright;
    private IBrowser? chromium;

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"] });
    }

    /// <summary>Opens a file in a window of its own, with everything unfolded, and remembers what it said and asked for.</summary>
    public async Task<OpenPage> OpenAsync(string file, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await chromium!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
        var page = await context.NewPageAsync();
        var opened = new OpenPage(context, page);
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(one => one.open = true)");
        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null) await chromium.DisposeAsync();
        playwright?.Dispose();
    }

    /// <summary>What axe-core finds wrong for readers who do not see, or see little: rule and element, a line each.</summary>
    public static async Task<string[]> FaultsAsync(IPage page)
    {
        await page.EvaluateAsync(Axe.Value);
        return await page.EvaluateAsync<string[]>(
            "async () => (await axe.run(document)).violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 150)}: ${node.failureSummary}`))");
    }
}

/// <summary>A page in a window.</summary>
public sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext context;

    public OpenPage(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        page.Console += (_, message) => Said.Add(message.Text);
        page.PageError += (_, error) => Said.Add(error);
        page.Dialog += (_, dialog) => Said.Add(dialog.Message);
        page.Request += (_, request) => Requests.Add(request.Url);
    }

    public IPage Page { get; }

    /// <summary>Messages on the console, errors and dialogs.</summary>
    public List<string> Said { get; } = [];

    /// <summary>Everything that was asked for, the file itself first.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Closes the window.</summary>
    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
