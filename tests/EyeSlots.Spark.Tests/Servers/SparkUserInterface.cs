using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EyeSlots.Spark.Tests.Servers;

/// <summary>What a driver shows over HTTP to whoever opens its web interface: pages as a browser finds them, and the REST resources.</summary>
internal sealed partial class SparkUserInterface(int port)
{
    /// <summary>More than all runs of a test have; a link that leads to ever new pages must not hold the tests up.</summary>
    private const int MostPages = 2000;

    private static readonly string[] Tabs = ["/jobs/", "/stages/", "/storage/", "/environment/", "/executors/", "/SQL/", "/connect/"];

    private static readonly string[] Resources =
    [
        "environment", "jobs", "stages?details=true&withSummaries=true", "executors", "allexecutors", "storage/rdd",
        "sql?details=true&planDescription=true&length=100000",
    ];

    /// <summary>Settings that switch it on; tests have it off to start faster.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["spark.ui.enabled"] = "true", ["spark.ui.port"] = $"{port}", ["spark.port.maxRetries"] = "0",
    };

    /// <summary>The text of every page that links lead to from the tabs, and of the REST resources, by path. All answered 200.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadAllAsync(CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(30) };
        var pages = new Dictionary<string, string>(StringComparer.Ordinal);
        Queue<string> due = new([.. Tabs, .. await ResourcesAsync(http, cancellation)]);
        while (due.TryDequeue(out var path))
        {
            if (pages.ContainsKey(path)) continue;
            if (pages.Count == MostPages) throw new InvalidOperationException($"The interface has more than {MostPages} pages.");
            pages[path] = await ReadAsync(http, path, cancellation);
            foreach (var link in Links(path, pages[path])) due.Enqueue(link);
        }

        return pages;
    }

    private static async Task<IEnumerable<string>> ResourcesAsync(HttpClient http, CancellationToken cancellation)
    {
        const string applications = "/api/v1/applications";
        using var json = JsonDocument.Parse(await ReadAsync(http, applications, cancellation));
        var application = $"{applications}/{json.RootElement[0].GetProperty("id").GetString()}";
        return [.. Resources.Select(resource => $"{application}/{resource}"), "/metrics/json/", "/metrics/executors/prometheus"];
    }

    private static async Task<string> ReadAsync(HttpClient http, string path, CancellationToken cancellation)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), cancellation);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}.");
        return await answer.Content.ReadAsStringAsync(cancellation);
    }

    /// <summary>Pages of the same server, a table in one order only; no scripts, and nothing that ends a job or halts the JVM.</summary>
    private static IEnumerable<string> Links(string path, string page) => Link().Matches(page)
        .Select(link => new Uri(new Uri("http://ui" + path), WebUtility.HtmlDecode(link.Groups[1].Value)))
        .Where(link => link.Host == "ui" && !Unwanted().IsMatch(link.PathAndQuery))
        .Select(link => link.PathAndQuery);

    [GeneratedRegex("href=[\"']([^\"'#]+)")]
    private static partial Regex Link();

    [GeneratedRegex("^/static/|/kill/|heapHistogram|threadDump|[.](sort|desc|pageSize)=|[?&](lastStage|showSubsections)")]
    private static partial Regex Unwanted();
}
