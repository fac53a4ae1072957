using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Integration.Tests.Storage.Servers;

/// <summary>An HTTP server on this host that answers as a test says.</summary>
internal sealed class SmallServer : IAsyncDisposable
{
    private readonly WebApplication application;

    private SmallServer(WebApplication application) => this.application = application;

    /// <summary>Where it answers.</summary>
    public Uri Endpoint { get; private set; } = null!;

    /// <summary>Requests seen, such as <c>GET /bucket</c>.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Starts it.</summary>
    /// <param name="answer">Answers a request.</param>
    /// <param name="certificate">Makes it speak TLS.</param>
    public static async Task<SmallServer> StartAsync(Func<HttpContext, Task> answer, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => Listen(listen, certificate)));
        var server = new SmallServer(builder.Build());
        server.application.Run(async context =>
        {
            server.Requests.Enqueue($"{context.Request.Method} {context.Request.Path}");
            await answer(context);
        });
        await server.application.StartAsync();
        var port = new Uri(server.application.Urls.Single()).Port;
        server.Endpoint = new(certificate is null ? $"http://127.0.0.1:{port}" : $"https://localhost:{port}");
        return server;
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private static void Listen(ListenOptions listen, X509Certificate2? certificate)
    {
        listen.Protocols = HttpProtocols.Http1;
        if (certificate is not null) listen.UseHttps(certificate);
    }
}

/// <summary>Answers in the forms that AWS gives them.</summary>
internal static class Answers
{
    public static Task XmlAsync(this HttpContext context, int status, string body) => context.AnswerAsync(status, "application/xml", body);

    public static Task JsonAsync(this HttpContext context, int status, string body) => context.AnswerAsync(status, "application/json", body);

    /// <summary>A refusal of S3.</summary>
    public static Task RefuseAsync(this HttpContext context, int status, string code, string message = "Said by the test.") =>
        context.XmlAsync(status, $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>{message}</Message></Error>");

    /// <summary>An object, with its length and a version.</summary>
    public static Task ObjectAsync(this HttpContext context, string content)
    {
        context.Response.Headers.ETag = "\"one\"";
        context.Response.ContentLength = content.Length;
        return context.AnswerAsync(200, "image/jpeg", content);
    }

    public static async Task AnswerAsync(this HttpContext context, int status, string type, string body)
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, type);
        await context.Response.WriteAsync(body);
    }
}
