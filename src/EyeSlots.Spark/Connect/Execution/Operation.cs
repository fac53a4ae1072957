using EyeSlots.Spark.Connect.Protocol;
using EyeSlots.Spark.Connect.Transport;
using Grpc.Core;
using Response = EyeSlots.Spark.Connect.Protocol.ExecutePlanResponse.ResponseTypeOneofCase;

namespace EyeSlots.Spark.Connect.Execution;

/// <summary>
/// One plan that runs on the server. Disposing it before the end interrupts it there: ending the call alone would let it run on.
/// </summary>
internal sealed class Operation : IAsyncDisposable
{
    private readonly SparkConnectClient client;
    private readonly ExecuteOptions options;
    private readonly ResponseStream responses;
    private readonly OperationRelease release;
    private readonly StallWatch watch;
    private bool isComplete;

    public Operation(SparkConnectClient client, Plan plan, ExecuteOptions? options)
    {
        (this.client, this.options) = (client, options ?? new());
        this.options.Validate();
        Id = this.options.OperationId ?? Identifiers.NewUuid();
        responses = new(client, plan, Id, this.options.Tags);
        release = new(client, Id);
        watch = new(client.Options.StallTimeout, client.Options.Time);
    }

    public string Id { get; }

    /// <summary>The next response that is neither progress nor the end; null at the end. Throws <see cref="SparkException"/>.</summary>
    public async ValueTask<ExecutePlanResponse?> NextAsync(CancellationToken cancellation)
    {
        watch.Touch();
        while (!isComplete)
        {
            var response = await ReceiveAsync(cancellation).ConfigureAwait(false);
            isComplete = response.ResponseTypeCase == Response.ResultComplete;
            if (isComplete) break;
            release.Received(response);
            if (response.ResponseTypeCase != Response.ExecutionProgress) return response;
            if (watch.Saw(response.ExecutionProgress)) options.Progress?.Report(SparkProgress.From(response.ExecutionProgress));
        }

        return null;
    }

    /// <summary>Tells the server to forget the operation, after an interrupt where it has not ended. Never throws.</summary>
    public async ValueTask DisposeAsync()
    {
        responses.Dispose();
        if (responses.IsSent) await release.EndAsync(interrupt: !isComplete).ConfigureAwait(false);
    }

    private async Task<ExecutePlanResponse> ReceiveAsync(CancellationToken cancellation)
    {
        try
        {
            return await client.Retries.RunAsync(TryAsync, cancellation).ConfigureAwait(false);
        }
        catch (RpcException error)
        {
            throw await client.Errors.TranslateAsync(error, cancellation).ConfigureAwait(false);
        }
    }

    private async ValueTask<ExecutePlanResponse> TryAsync(CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(watch.Patience, client.Options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            return await responses.NextAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is RpcException or OperationCanceledException && either.IsCancellationRequested)
        {
            cancellation.ThrowIfCancellationRequested();
            if (watch.IsOver) throw await StallReport.MakeAsync(client, Id, watch.Last, cancellation).ConfigureAwait(false);
            throw new RpcException(new(StatusCode.Unavailable, "The server was silent for minutes."));
        }
    }
}
