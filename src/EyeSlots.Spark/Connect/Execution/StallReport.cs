using System.Globalization;
using EyeSlots.Spark.Connect.Protocol;
using EyeSlots.Spark.Connect.Transport;

namespace EyeSlots.Spark.Connect.Execution;

/// <summary>Says why nothing comes any more: a server that does not answer at all, or one that answers while its work stands still.</summary>
internal static class StallReport
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static async Task<SparkStalledException> MakeAsync(
        SparkConnectClient client, string operationId, ExecutePlanResponse.Types.ExecutionProgress? last, CancellationToken cancellation)
    {
        var progress = last is null ? null : SparkProgress.From(last);
        var advice = await AnswersAsync(client, cancellation).ConfigureAwait(false)
            ? "The server still answers: look at its Spark UI for a task that hangs and at its log for OutOfMemoryError (then give it more spark.driver.memory), or set a longer StallTimeout where one task may take so long."
            : "The server does not answer any more: look whether it is stopped or out of memory, and start it again.";
        return new(
            string.Create(CultureInfo.InvariantCulture,
                $"Operation {operationId} at {client.Channel.Connection} has shown nothing new for {client.Options.StallTimeout.TotalSeconds:0.#} s{Where(progress)}. {advice}"),
            operationId,
            progress);
    }

    private static string Where(SparkProgress? progress) => progress is null ? "" : string.Create(CultureInfo.InvariantCulture,
        $" ({progress.CompletedTasks} of {progress.Tasks} tasks done, {progress.InFlightTasks} running)");

    private static async Task<bool> AnswersAsync(SparkConnectClient client, CancellationToken cancellation)
    {
        try
        {
            var request = new ConfigRequest { Operation = new() { GetOption = new() { Keys = { "spark.app.name" } } } };
            await client.CallOnceAsync(request, static (service, r, o) => service.ConfigAsync(r, o), Patience, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (SparkException error)
        {
            return error is not SparkConnectionException;
        }
    }
}
