using System.Runtime.CompilerServices;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Types;
using EyeSlots.Core;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Planning.Remote;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Spark.Worker;

namespace EyeSlots.Executor;

/// <summary>
/// Each input row names slices, each output row is the result of one. Slices and shards lie under the output root and never go through
/// Spark. A row without slices makes this process ready: what is wrong with its libraries is told by the first slice.
/// </summary>
internal sealed class MakeShards(RemoteJob job, ShardJobs jobs) : IArrowFunction
{
    private static readonly Lazy<IReadOnlyList<ProbeResult>> Libraries = new(MachineCheck.Run);

    private static readonly Schema Output = new(
        [new(RemoteJob.ResultColumn, StringType.Default, false), new(RemoteJob.BytesReadColumn, Int64Type.Default, false)], null);

    public Schema GetOutputSchema(Schema input) => Output;

    public async IAsyncEnumerable<RecordBatch> RunAsync(
        IAsyncEnumerable<RecordBatch> input, TaskContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var batch in input.ConfigureAwait(false))
        {
            for (var row = 0; row < batch.Length; row++)
            {
                await using var results = Results(batch, row, context, cancellation).GetAsyncEnumerator(cancellation);
                while (await NextAsync(results, context).ConfigureAwait(false)) yield return Row(results.Current);
            }
        }
    }

    private async IAsyncEnumerable<ShardResult> Results(RecordBatch batch, int row, TaskContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        OpenSsl.Require();
        await PackedOpenCv.Ready.ConfigureAwait(false);
        var key = ((StringArray)batch.Column(RemoteJob.SlicesColumn)).GetString(row);
        if (key.Length == 0)
        {
            _ = Libraries.Value;
            yield break;
        }

        var (offset, length) = (((Int64Array)batch.Column(RemoteJob.OffsetColumn)).GetValue(row)!.Value, ((Int32Array)batch.Column(RemoteJob.LengthColumn)).GetValue(row)!.Value);
        var here = jobs.Of(job, ExecutorSettings.CredentialsOf(context));
        var slices = SliceRow.Read(await here.ReadAsync(key, offset, length, cancellation).ConfigureAwait(false));
        await foreach (var result in here.Shards.RunAsync(slices, cancellation).ConfigureAwait(false)) yield return result;
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<ShardResult> results, TaskContext context)
    {
        try
        {
            TaskLog.Begin(context);
            return await results.MoveNextAsync().ConfigureAwait(false);
        }
        catch (EyeSlotsException failure)
        {
            throw new SliceFailedException(RemoteFailure.Text(failure), failure);
        }
    }

    private static RecordBatch Row(ShardResult result) => new(
        Output,
        [
            new StringArray.Builder().Append(JsonSerializer.Serialize(result, RemoteJson.Default.ShardResult)).Build(),
            new Int64Array.Builder().Append(result.BytesRead).Build(),
        ],
        1);
}

/// <summary>A failure in the form in which the driver finds its code and message again.</summary>
internal sealed class SliceFailedException(string message, Exception inner) : Exception(message, inner);
