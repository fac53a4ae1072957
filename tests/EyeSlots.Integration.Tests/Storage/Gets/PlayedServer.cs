using System.Collections.Concurrent;
using System.Net;
using EyeSlots.Core.Storage;
using EyeSlots.Storage.S3;

namespace EyeSlots.Integration.Tests.Storage.Gets;

/// <summary>Answers GETs in place of a network, on whatever host they go to: what is sent to AWS can be seen so.</summary>
internal sealed class PlayedServer(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    public const string Key = "AKIDEXAMPLE", Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    /// <summary>Requests in their order.</summary>
    public ConcurrentQueue<HttpRequestMessage> Requests { get; } = new();

    /// <summary>A store that asks it.</summary>
    /// <param name="address">The root.</param>
    /// <param name="options">Where S3 is; AWS if nothing is said.</param>
    /// <param name="variables">The AWS variables.</param>
    public S3ObjectStore Open(string address, S3Options? options = null, params (string Name, string Value)[] variables) =>
        new(StorageAddress.Parse(address), Connect(options, variables));

    /// <summary>A connection to it.</summary>
    public S3Connection Connect(S3Options? options = null, params (string Name, string Value)[] variables)
    {
        var given = (options ?? new()) with { Credentials = options?.Credentials ?? new(Key, Secret, null) };
        return new(new(() => S3Settings.Resolve(given, name => variables.FirstOrDefault(variable => variable.Name == name).Value)), S3Names.Quick) { Gets = new(this) };
    }

    /// <summary>An object.</summary>
    public static HttpResponseMessage Object(byte[] content, string etag = "\"one\"")
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(content) };
        response.Headers.TryAddWithoutValidation("ETag", etag);
        return response;
    }

    /// <summary>A refusal with a body of any kind.</summary>
    public static HttpResponseMessage Refusal(int status, string body) => new((HttpStatusCode)status) { Content = new StringContent(body) };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Enqueue(request);
        return Task.FromResult(answer(request));
    }
}
