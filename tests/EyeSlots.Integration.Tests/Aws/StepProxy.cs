using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using EyeSlots.Integration.Tests.Storage.Servers;
using Microsoft.AspNetCore.Http;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>A call of a state machine.</summary>
/// <param name="Action">Such as <c>CreateStack</c>.</param>
/// <param name="Number">How many of this action there were, this one included.</param>
/// <param name="Body">What it says, as a form.</param>
internal readonly record struct StepCall(string Action, int Number, string Body);

/// <summary>
/// Stands between a state machine that moto executes and moto's own services (<c>MOTO_PORT</c>), and answers what a test says. It sees the
/// calls that the machine makes by itself, and no others.
/// </summary>
internal sealed partial class StepProxy : IAsyncDisposable
{
    private readonly HttpClient http = new();
    private readonly ConcurrentDictionary<string, int> counts = new();
    private readonly CancellationTokenSource stop = new();
    private readonly Func<StepCall, StepAnswer> rule;
    private SmallServer server = null!;

    private StepProxy(Func<StepCall, StepAnswer> rule) => this.rule = rule;

    /// <summary>The server behind it.</summary>
    public Uri Server { get; set; } = null!;

    public int Port => server.Endpoint.Port;

    /// <summary>Actions that were called, with service and in order.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    public static async Task<StepProxy> StartAsync(Func<StepCall, StepAnswer> rule)
    {
        var proxy = new StepProxy(rule);
        proxy.server = await SmallServer.StartAsync(proxy.AnswerAsync);
        return proxy;
    }

    /// <summary>How often an action was called.</summary>
    public int Count(string action) => counts.GetValueOrDefault(action);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await server.DisposeAsync();
        http.Dispose();
        stop.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var form = Encoding.UTF8.GetString(body.ToArray());
        var action = ActionOf(context.Request, form);
        Calls.Enqueue($"{Service().Match(context.Request.Headers.Authorization.ToString()).Groups[1].Value}:{action}");
        var said = rule(new(action, counts.AddOrUpdate(action, 1, (_, count) => count + 1), form));
        var (status, type, text) = said.IsForwarded ? await ForwardAsync(context, body.ToArray()) : (said.Status, "text/xml", "");
        if (said.IsLost) await Task.Delay(Timeout.Infinite, CancellationTokenSource.CreateLinkedTokenSource(stop.Token, context.RequestAborted).Token).ContinueWith(_ => { }, TaskScheduler.Default);
        else await context.AnswerAsync(status, type, said.Change(text));
    }

    private async Task<(int Status, string Type, string Text)> ForwardAsync(HttpContext context, byte[] body)
    {
        var request = context.Request;
        using var forwarded = new HttpRequestMessage(new(request.Method), new Uri(Server, $"{request.Path}{request.QueryString}")) { Content = new ByteArrayContent(body) };
        foreach (var (name, values) in request.Headers)
        {
            if (name is "Host" or "Content-Length" or "Expect") continue;
            if (!forwarded.Headers.TryAddWithoutValidation(name, [.. values])) forwarded.Content.Headers.TryAddWithoutValidation(name, [.. values]);
        }

        using var answer = await http.SendAsync(forwarded, stop.Token);
        foreach (var (name, values) in answer.Headers.Where(header => header.Key.StartsWith("x-amz", StringComparison.OrdinalIgnoreCase))) context.Response.Headers[name] = values.ToArray();
        return ((int)answer.StatusCode, (answer.Content.Headers.ContentType ?? new MediaTypeHeaderValue("text/xml")).ToString(), await answer.Content.ReadAsStringAsync());
    }

    private static string ActionOf(HttpRequest request, string body) =>
        Action().Match(body) is { Success: true } query ? query.Groups[1].Value
        : request.Headers.ContainsKey("x-amz-copy-source") ? "CopyObject"
        : request.Query.ContainsKey("list-type") ? "ListObjectsV2"
        : string.Create(CultureInfo.InvariantCulture, $"{request.Method} {request.Path}");

    [GeneratedRegex("(?:^|&)Action=([A-Za-z]+)")]
    private static partial Regex Action();

    [GeneratedRegex("Credential=[^/]+/[^/]+/[^/]+/([^/]+)/")]
    private static partial Regex Service();
}
