using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace EyeSlots.Aws.Requests;

/// <summary>The JSON protocol: an object is sent to a target, an object comes back.</summary>
internal sealed class JsonClient(AwsAccess access, AwsService service)
{
    private readonly AwsTransport transport = new(access, service);

    /// <summary>Calls an action.</summary>
    /// <exception cref="AwsException">It failed for good, or the answer is not one of the action.</exception>
    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        string action, TRequest request, JsonTypeInfo<TRequest> asked, JsonTypeInfo<TResponse> answered, CancellationToken cancellation)
        where TResponse : class
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, asked);
        var answer = await transport.SendAsync(action, body, $"application/x-amz-json-{service.JsonVersion}", $"{service.Version}.{action}", cancellation).ConfigureAwait(false);
        var call = new AwsCall(service, action);
        try
        {
            return JsonSerializer.Deserialize(answer, answered) ?? throw AwsMessages.Strange(access, call, "null");
        }
        catch (JsonException error)
        {
            throw AwsMessages.Strange(access, call, $"{error.Path ?? "no JSON"}", error);
        }
    }
}
