using EyeSlots.Spark.Connect.Protocol;
using EyeSlots.Spark.Connect.Transport;
using Grpc.Core;

namespace EyeSlots.Spark.Connect.Execution;

/// <summary>
/// The responses of one operation over as many streams as it takes: the first by ExecutePlan, the next by ReattachExecute from the
/// last response on. Not for several threads. A failure drops the stream; the next call goes on with another.
/// </summary>
internal sealed class ResponseStream(SparkConnectClient client, Plan plan, string operationId, IEnumerable<string> tags) : IDisposable
{
    private AsyncServerStreamingCall<ExecutePlanResponse>? call;
    private bool isFresh;
    private string? lastResponse;

    /// <summary>Whether the server may know the operation.</summary>
    public bool IsSent { get; private set; }

    /// <summary>The response up to which the server may forget; null before the first.</summary>
    public string? LastResponse => lastResponse;

    /// <summary>The next response. Throws <see cref="RpcException"/>, or <see cref="OperationCanceledException"/> by the token.</summary>
    public async ValueTask<ExecutePlanResponse> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            call ??= Open();
            if (await MoveAsync(cancellation).ConfigureAwait(false)) return Take(call.ResponseStream.Current);

            // The server ends a stream after two minutes or a gigabyte. One that brought nothing is a fault, not such an end.
            var wasFresh = isFresh;
            Drop();
            if (wasFresh) throw new RpcException(new(StatusCode.Unavailable, "The stream ended before its first response."));
        }
    }

    public void Dispose() => Drop();

    private ExecutePlanResponse Take(ExecutePlanResponse response)
    {
        isFresh = false;
        if (response.ResponseId.Length > 0) lastResponse = response.ResponseId;
        client.Identity.Observe(response);
        return response;
    }

    private async Task<bool> MoveAsync(CancellationToken cancellation)
    {
        try
        {
            return await call!.ResponseStream.MoveNext(cancellation).ConfigureAwait(false);
        }
        catch (RpcException error)
        {
            Drop();
            if (lastResponse is not null || !IsUnknown(error)) throw;

            // The request was lost on its way, so nothing ran and it is sent again as if for the first time.
            IsSent = false;
            throw new RpcException(new(StatusCode.Unavailable, error.Status.Detail), error.Trailers);
        }
    }

    private static bool IsUnknown(RpcException error) =>
        RpcDetails.IsClass(error, "INVALID_HANDLE.OPERATION_NOT_FOUND") || RpcDetails.IsClass(error, "INVALID_HANDLE.SESSION_NOT_FOUND");

    private AsyncServerStreamingCall<ExecutePlanResponse> Open()
    {
        isFresh = true;
        if (IsSent) return Reattach();

        var request = new ExecutePlanRequest { Plan = plan, OperationId = operationId };
        request.RequestOptions.Add(new ExecutePlanRequest.Types.RequestOption { ReattachOptions = new() { Reattachable = true } });
        request.Tags.AddRange(tags);
        client.Identity.Stamp(request);
        IsSent = true;
        return client.Channel.Service.ExecutePlan(request, client.Channel.Headers);
    }

    private AsyncServerStreamingCall<ExecutePlanResponse> Reattach()
    {
        var request = new ReattachExecuteRequest { OperationId = operationId };
        if (lastResponse is not null) request.LastResponseId = lastResponse;
        client.Identity.Stamp(request);
        return client.Channel.Service.ReattachExecute(request, client.Channel.Headers);
    }

    private void Drop()
    {
        call?.Dispose();
        call = null;
    }
}
