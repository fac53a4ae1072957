using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace EyeSlots.Integration.Tests.Storage.Servers;

/// <summary>Passes requests on to a real server with all their headers, Host included, so that signatures stay good.</summary>
internal sealed class Forwarder(Uri server) : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    public async Task ForwardAsync(HttpContext context)
    {
        using var answer = await SendAsync(context);
        await CopyAsync(answer, context.Response, await answer.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Likewise, with another text where the answer has one.</summary>
    public async Task ForwardAsync(HttpContext context, Func<string, string> edit)
    {
        using var answer = await SendAsync(context);
        await CopyAsync(answer, context.Response, System.Text.Encoding.UTF8.GetBytes(edit(await answer.Content.ReadAsStringAsync())));
    }

    public void Dispose() => client.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        using var request = new HttpRequestMessage(new(context.Request.Method), new Uri(server, context.Request.GetEncodedPathAndQuery()));
        if (body.Length > 0 || context.Request.Headers.ContentLength is not null) request.Content = new ByteArrayContent(body.ToArray());
        foreach (var (name, values) in context.Request.Headers)
        {
            if (name is "Connection" or "Expect") continue;
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)values.ToArray()!)) request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray()!);
        }

        return await client.SendAsync(request);
    }

    private static async Task CopyAsync(HttpResponseMessage answer, HttpResponse to, byte[] body)
    {
        to.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (name is "Transfer-Encoding" or "Connection" or "Content-Length") continue;
            if (!to.Headers.ContainsKey(name)) to.Headers[name] = values.ToArray();
        }

        to.ContentLength = HttpMethods.IsHead(to.HttpContext.Request.Method) ? answer.Content.Headers.ContentLength : body.Length;
        if (!HttpMethods.IsHead(to.HttpContext.Request.Method)) await to.Body.WriteAsync(body);
    }
}
