using EyeSlots.Spark.Connect.Protocol;
using EyeSlots.Spark.Connect.Transport;

namespace EyeSlots.Spark.Connect.Execution;

/// <summary>Lets the server forget what has arrived. It keeps only some megabytes by itself, so this is courtesy: failures are passed over.</summary>
internal sealed class OperationRelease(SparkConnectClient client, string operationId)
{
    private const int ResponsesBetween = 512;
    private const int BytesBetween = 8 << 20;

    private Task running = Task.CompletedTask;
    private int responses;
    private long bytes;

    /// <summary>Counts a response, and now and then sends its mark beside the results.</summary>
    public void Received(ExecutePlanResponse response)
    {
        (responses, bytes) = (responses + 1, bytes + (response.ArrowBatch?.Data.Length ?? 0));
        if ((responses < ResponsesBetween && bytes < BytesBetween) || !running.IsCompleted) return;
        (responses, bytes) = (0, 0);
        running = ReleaseUntilAsync(response.ResponseId);
    }

    /// <summary>Ends the operation where it still runs, and lets the server forget it; within <see cref="CleanUp.Patience"/>, whatever the server does.</summary>
    public async Task EndAsync(bool interrupt)
    {
        using var limit = CleanUp.Limit(client.Options.Time);
        await running.ConfigureAwait(false);

        // A server that does not hear the one will not hear the other. Operations that nobody attends to die after minutes.
        if (interrupt && !await InterruptAsync(limit.Token).ConfigureAwait(false)) return;
        await SendAsync(new() { OperationId = operationId, ReleaseAll = new() }, limit.Token).ConfigureAwait(false);
    }

    private async Task ReleaseUntilAsync(string responseId)
    {
        using var limit = CleanUp.Limit(client.Options.Time);
        await SendAsync(new() { OperationId = operationId, ReleaseUntil = new() { ResponseId = responseId } }, limit.Token).ConfigureAwait(false);
    }

    private Task<bool> InterruptAsync(CancellationToken limit) => CleanUp.TryAsync(
        client, new InterruptRequest { InterruptType = InterruptRequest.Types.InterruptType.OperationId, OperationId = operationId },
        static (service, request, options) => service.InterruptAsync(request, options), limit);

    private Task<bool> SendAsync(ReleaseExecuteRequest request, CancellationToken limit) =>
        CleanUp.TryAsync(client, request, static (service, request, options) => service.ReleaseExecuteAsync(request, options), limit);
}
