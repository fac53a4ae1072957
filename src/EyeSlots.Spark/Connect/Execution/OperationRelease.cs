using EyeSlots.Spark.Connect.Protocol;
using EyeSlots.Spark.Connect.Transport;

namespace EyeSlots.Spark.Connect.Execution;

/// <summary>Lets the server forget what has arrived. It keeps only some megabytes by itself, so this is courtesy: failures are passed over.</summary>
internal sealed class OperationRelease(SparkConnectClient client, string operationId)
{
    private const int ResponsesBetween = 512;
    private const int BytesBetween = 8 << 20;

    /// <summary>Short, for it may be the last thing that a cancelled program does.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private Task running = Task.CompletedTask;
    private int responses;
    private long bytes;

    /// <summary>Counts a response, and now and then sends its mark beside the results.</summary>
    public void Received(ExecutePlanResponse response)
    {
        (responses, bytes) = (responses + 1, bytes + (response.ArrowBatch?.Data.Length ?? 0));
        if ((responses < ResponsesBetween && bytes < BytesBetween) || !running.IsCompleted) return;
        (responses, bytes) = (0, 0);
        running = SendAsync(new() { OperationId = operationId, ReleaseUntil = new() { ResponseId = response.ResponseId } });
    }

    /// <summary>Ends the operation where it still runs, and lets the server forget it.</summary>
    public async Task EndAsync(bool interrupt)
    {
        await running.ConfigureAwait(false);

        // A server that does not hear the one will not hear the other.
        if (interrupt && !await InterruptAsync().ConfigureAwait(false)) return;
        await SendAsync(new() { OperationId = operationId, ReleaseAll = new() }).ConfigureAwait(false);
    }

    private Task<bool> InterruptAsync() => QuietlyAsync(
        new InterruptRequest { InterruptType = InterruptRequest.Types.InterruptType.OperationId, OperationId = operationId },
        static (service, request, options) => service.InterruptAsync(request, options));

    private Task<bool> SendAsync(ReleaseExecuteRequest request) =>
        QuietlyAsync(request, static (service, request, options) => service.ReleaseExecuteAsync(request, options));

    private async Task<bool> QuietlyAsync<TRequest, TResponse>(TRequest request, UnaryCall<TRequest, TResponse> call)
        where TRequest : ISessionRequest
        where TResponse : ISessionResponse
    {
        try
        {
            await client.CallOnceAsync(request, call, Patience, CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (Exception error) when (error is SparkException or ObjectDisposedException)
        {
            // The operation ends without us: unattached ones die after minutes.
            return error is not SparkConnectionException;
        }
    }
}
