using System.Runtime.CompilerServices;
using Apache.Arrow;
using EyeSlots.Spark.Connect.Execution;
using EyeSlots.Spark.Connect.Plans;
using EyeSlots.Spark.Connect.Protocol;
using EyeSlots.Spark.Connect.Transport;
using EyeSlots.Spark.Connect.Values;

namespace EyeSlots.Spark.Connect;

/// <summary>
/// Rows that Spark makes when they are asked for, each time anew. Immutable, safe on several threads, and dead once its session stops.
/// All calls throw <see cref="SparkException"/>; a cancelled token also interrupts the operation on the server.
/// </summary>
public sealed class DataFrame
{
    private readonly SparkSession session;
    private readonly LogicalPlan plan;

    internal DataFrame(SparkSession session, LogicalPlan plan) => (this.session, this.plan) = (session, plan);

    private SparkConnectClient Client => session.Client;

    /// <summary>The columns; Spark is asked where they are not known here.</summary>
    public Task<Schema> SchemaAsync(CancellationToken cancellation = default) => plan.SchemaAsync(Client, cancellation).AsTask();

    /// <summary>
    /// Sends each partition through a function of the worker executable. The function may run more than once for a partition (a
    /// retried task, another action), so its side effects must bear that.
    /// </summary>
    /// <param name="function">The function and its parameters.</param>
    /// <param name="schema">The columns that it returns, in this order; at least one.</param>
    /// <param name="isBarrier">Whether all tasks must run at the same time.</param>
    /// <exception cref="ArgumentException">A column of a type that Spark has not.</exception>
    public DataFrame MapInArrow(SparkFunction function, Schema schema, bool isBarrier = false)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(schema);
        if (schema.FieldsList.Count == 0) throw new ArgumentException("A function must return at least one column.", nameof(schema));
        _ = SparkTypes.ToSpark(schema);
        return new(session, new MapPlan(plan, function, schema, session.ProtocolLevel, isBarrier));
    }

    /// <summary>The first rows in Spark's order; from 0.</summary>
    public DataFrame Limit(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        return new(session, new LimitPlan(plan, rows));
    }

    /// <summary>Runs it and returns the rows as they come. Leaving the loop early interrupts the operation.</summary>
    public async IAsyncEnumerable<Row> CollectAsync(
        ExecuteOptions? options = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var batch in CollectBatchesAsync(options, cancellation).ConfigureAwait(false))
        {
            foreach (var row in Row.Of(batch)) yield return row;
        }
    }

    /// <summary>
    /// Runs it and returns the batches as they come: one at least, which may have no rows. They lie in managed memory, so disposing
    /// them is optional. Leaving the loop early interrupts the operation.
    /// </summary>
    public async IAsyncEnumerable<RecordBatch> CollectBatchesAsync(
        ExecuteOptions? options = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var relation = await plan.BuildAsync(Client, cancellation).ConfigureAwait(false);
        await foreach (var batch in Results.BatchesAsync(Client, relation, options, cancellation).ConfigureAwait(false)) yield return batch;
    }

    /// <summary>Runs it and counts the rows on the server.</summary>
    public async Task<long> CountAsync(ExecuteOptions? options = null, CancellationToken cancellation = default)
    {
        var count = new DataFrame(session, new CountPlan(plan));
        await foreach (var row in count.CollectAsync(options, cancellation).ConfigureAwait(false)) return row.GetAs<long>(0);
        throw new SparkException("Spark answered a count with no row; run it again.");
    }

    /// <summary>Gives it a name for SQL in this session, in place of another view of the name.</summary>
    public async Task CreateOrReplaceTempViewAsync(string name, CancellationToken cancellation = default)
    {
        var input = await plan.BuildAsync(Client, cancellation).ConfigureAwait(false);
        var view = new Command { CreateDataframeView = new() { Input = input, Name = name, Replace = true } };
        await Results.CommandAsync(Client, view, null, cancellation).ConfigureAwait(false);
    }
}
