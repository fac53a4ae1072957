using EyeSlots.Spark.Connect.Protocol;
using Grpc.Core;
using Service = EyeSlots.Spark.Connect.Protocol.SparkConnectService.SparkConnectServiceClient;

namespace EyeSlots.Spark.Connect.Transport;

/// <summary>One way of the service as the generated client has it.</summary>
internal delegate AsyncUnaryCall<TResponse> UnaryCall<TRequest, TResponse>(Service service, TRequest request, CallOptions options);

/// <summary>The calls of one session: identity, deadline, retries and readable errors around the generated client.</summary>
internal sealed class SparkConnectClient : IDisposable
{
    public SparkConnectClient(ConnectionString connection, SparkSessionOptions options)
    {
        (Options, Channel, Identity, Retries) = (options, new(connection, options), new(connection), new(options));
        Errors = new(Channel, Identity, options);
    }

    public SparkSessionOptions Options { get; }

    public SparkChannel Channel { get; }

    public SessionIdentity Identity { get; }

    public Retries Retries { get; }

    public ServerErrors Errors { get; }

    public void Dispose() => Channel.Dispose();

    /// <summary>Makes a call, again while its failure may pass. Throws <see cref="SparkException"/>.</summary>
    public Task<TResponse> CallAsync<TRequest, TResponse>(
        TRequest request, UnaryCall<TRequest, TResponse> call, CancellationToken cancellation, TimeSpan? timeout = null)
        where TRequest : ISessionRequest
        where TResponse : ISessionResponse =>
        TranslatingAsync(
            () => Retries.RunAsync(token => new ValueTask<TResponse>(TryAsync(request, call, timeout ?? Options.CallTimeout, token)), cancellation).AsTask(),
            cancellation);

    /// <summary>Makes a call once: the first one, whose failure tells of a wrong address, and those that are only worth one try.</summary>
    public Task<TResponse> CallOnceAsync<TRequest, TResponse>(
        TRequest request, UnaryCall<TRequest, TResponse> call, TimeSpan timeout, CancellationToken cancellation)
        where TRequest : ISessionRequest
        where TResponse : ISessionResponse =>
        TranslatingAsync(() => TryAsync(request, call, timeout, cancellation), cancellation);

    public async Task<T> TranslatingAsync<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (RpcException error)
        {
            throw await Errors.TranslateAsync(error, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<TResponse> TryAsync<TRequest, TResponse>(
        TRequest request, UnaryCall<TRequest, TResponse> call, TimeSpan timeout, CancellationToken cancellation)
        where TRequest : ISessionRequest
        where TResponse : ISessionResponse
    {
        Identity.Stamp(request);
        DateTime? deadline = timeout == Timeout.InfiniteTimeSpan ? null : (Options.Time.GetUtcNow() + timeout).UtcDateTime;
        var response = await call(Channel.Service, request, new(Channel.Headers, deadline, cancellation)).ConfigureAwait(false);
        Identity.Observe(response);
        return response;
    }
}
