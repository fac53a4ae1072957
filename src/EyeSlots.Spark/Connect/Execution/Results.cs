using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using EyeSlots.Spark.Connect.Protocol;
using EyeSlots.Spark.Connect.Transport;
using Response = EyeSlots.Spark.Connect.Protocol.ExecutePlanResponse.ResponseTypeOneofCase;

namespace EyeSlots.Spark.Connect.Execution;

/// <summary>Runs plans and reads what they answer.</summary>
internal static class Results
{
    /// <summary>The batches of a relation in the order of its partitions; at least one, which may be empty. They keep no native memory.</summary>
    public static async IAsyncEnumerable<RecordBatch> BatchesAsync(
        SparkConnectClient client, Relation relation, ExecuteOptions? options, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var rows = 0L;
        await using var operation = new Operation(client, new() { Root = relation }, options);
        while (await operation.NextAsync(cancellation).ConfigureAwait(false) is { } response)
        {
            if (response.ResponseTypeCase != Response.ArrowBatch) continue;
            RequireNext(response.ArrowBatch, rows);
            foreach (var batch in Read(response.ArrowBatch))
            {
                rows += batch.Length;
                yield return batch;
            }
        }
    }

    /// <summary>Runs a command; the relation that it answers with, or null.</summary>
    public static async Task<Relation?> CommandAsync(
        SparkConnectClient client, Command command, ExecuteOptions? options, CancellationToken cancellation)
    {
        Relation? result = null;
        await using var operation = new Operation(client, new() { Command = command }, options);
        while (await operation.NextAsync(cancellation).ConfigureAwait(false) is { } response)
        {
            if (response.ResponseTypeCase == Response.SqlCommandResult) result = response.SqlCommandResult.Relation;
        }

        return result;
    }

    /// <summary>Rows that are missing or come twice would go unseen otherwise. 3.5 sends no offsets.</summary>
    private static void RequireNext(ExecutePlanResponse.Types.ArrowBatch batch, long rows)
    {
        if (batch.HasStartOffset && batch.StartOffset != rows)
            throw new SparkException($"Spark sent row {batch.StartOffset} where row {rows} was due; run the query again.");
    }

    private static List<RecordBatch> Read(ExecutePlanResponse.Types.ArrowBatch response)
    {
        var batches = new List<RecordBatch>(1);
        using var reader = new ArrowStreamReader(response.Data.Memory);

        // After the first null the reader must not be asked again.
        while (reader.ReadNextRecordBatch() is { } batch) batches.Add(batch);
        var rows = batches.Sum(batch => (long)batch.Length);
        return rows == response.RowCount
            ? batches
            : throw new SparkException($"Spark announced {response.RowCount} rows and sent {rows}; run the query again.");
    }
}
