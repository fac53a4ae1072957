using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using EyeSlots.Integration.Tests.Storage.Servers;
using Microsoft.AspNetCore.Http;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>
/// Stands between the program and moto_server: counts the calls, those that change something apart, answers some itself, and lets a test do
/// something before any of them.
/// </summary>
internal sealed class AccountProxy : IAsyncDisposable
{
    private static readonly string[] Reading = ["Describe", "Get", "List"];
    private readonly ConcurrentDictionary<string, (int Status, string Body)> answers = new();
    private readonly Forwarder moto;
    private SmallServer server = null!;
    private int count;

    private AccountProxy(MotoServer moto) => this.moto = new(moto.Endpoint);

    /// <summary>What a child process needs to reach the account through it.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentVariables { get; private set; } = null!;

    /// <summary>All calls in their order, such as <c>CreateStack</c> and <c>PUT /bucket/key</c>.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Those that may change something.</summary>
    public IEnumerable<string> Changes => Calls.Where(call => call.Contains(' ', StringComparison.Ordinal) ? !call.StartsWith("GET ", StringComparison.Ordinal) && !call.StartsWith("HEAD ", StringComparison.Ordinal) : !Array.Exists(Reading, call.StartsWith));

    /// <summary>Awaited before a call is passed on: its number, from 1, and what it is.</summary>
    public Func<int, string, Task>? Before { get; set; }

    /// <summary>Awaited between a call's being carried out and its answer.</summary>
    public Func<int, string, Task>? After { get; set; }

    public static async Task<AccountProxy> StartAsync(MotoServer moto)
    {
        var made = new AccountProxy(moto);
        made.server = await SmallServer.StartAsync(made.AnswerAsync);
        made.EnvironmentVariables = new Dictionary<string, string>(moto.EnvironmentVariables) { ["AWS_ENDPOINT_URL"] = made.server.Endpoint.AbsoluteUri };
        return made;
    }

    /// <summary>Answers an action of the JSON protocol itself.</summary>
    public void Answer(string action, string body, int status = 200) => answers[action] = (status, body);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        moto.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        (body.Position, context.Request.Body) = (0, body);
        var call = Name(context.Request, body);
        var number = Interlocked.Increment(ref count);
        Calls.Enqueue(call);
        if (Before is { } before) await before(number, call);
        if (answers.TryGetValue(call, out var own)) await context.AnswerAsync(own.Status, "application/x-amz-json-1.1", own.Body);
        else await ForwardAsync(context, number, call);
    }

    private async Task ForwardAsync(HttpContext context, int number, string call)
    {
        // The answer is sent with the end of this method, so what comes before it is between.
        var answer = context.Response.Body;
        using var held = new MemoryStream();
        context.Response.Body = held;
        await moto.ForwardAsync(context);
        if (After is { } after) await after(number, call);
        context.Response.Body = answer;
        held.Position = 0;
        await held.CopyToAsync(answer);
    }

    private static string Name(HttpRequest request, MemoryStream body)
    {
        if (request.Headers["x-amz-target"].ToString() is { Length: > 0 } target) return target[(target.LastIndexOf('.') + 1)..];
        if (request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) != true) return $"{request.Method} {request.Path}";
        var form = Encoding.UTF8.GetString(body.ToArray()).Split('&').Select(pair => pair.Split('=', 2));
        return form.First(pair => pair[0] == "Action")[1];
    }
}
