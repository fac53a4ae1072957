using System.Runtime.CompilerServices;
using Apache.Arrow;
using EyeSlots.Core;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Spark.Contract;
using EyeSlots.Spark.Worker;

namespace EyeSlots.Executor;

/// <summary>
/// Each input row names slices, each output row is the result of one. Slices and shards lie under the output root and never go through
/// Spark. A row without slices makes this process ready: what is wrong with its libraries is told by the first slice. Where OpenCV has
/// not come yet, a row is answered by its place, and makes nothing.
/// </summary>
internal sealed class MakeShards(RemoteJob job, ShardJobs jobs) : IArrowFunction
{
    private static readonly Lazy<IReadOnlyList<ProbeResult>> Libraries = new(MachineCheck.Run);

    public Schema GetOutputSchema(Schema input) => ShardFunction.Output;

    public async IAsyncEnumerable<RecordBatch> RunAsync(
        IAsyncEnumerable<RecordBatch> input, TaskContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var batch in input.ConfigureAwait(false))
        {
            for (var row = 0; row < batch.Length; row++)
            {
                var part = ShardFunction.PartOf(batch, row);
                await using var results = Results(part, context, cancellation).GetAsyncEnumerator(cancellation);
                while (await NextAsync(results, context).ConfigureAwait(false))
                    yield return results.Current is { } made ? ShardFunction.Answer(made) : ShardFunction.Unready(part);
            }
        }
    }

    /// <summary>Null where OpenCV is missing.</summary>
    private async IAsyncEnumerable<ShardResult?> Results(SlicePart part, TaskContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ContractVersion.Require(job.Contract);
        OpenSsl.Require();
        if (!PackedOpenCv.IsReady(context))
        {
            yield return null;
            yield break;
        }

        if (part.Key.Length == 0)
        {
            _ = Libraries.Value;
            yield break;
        }

        var here = jobs.Of(job, ExecutorSettings.CredentialsOf(context));
        var slices = SliceRow.Read(await here.ReadAsync(part, cancellation).ConfigureAwait(false));
        // The driver lays slices when the plan of its run is laid.
        await foreach (var result in here.Shards.RunAsync(slices, Task.CompletedTask, cancellation).ConfigureAwait(false)) yield return result;
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<ShardResult?> results, TaskContext context)
    {
        try
        {
            TaskLog.Begin(context);
            return await results.MoveNextAsync().ConfigureAwait(false);
        }
        catch (EyeSlotsException failure)
        {
            throw new RemoteException(failure);
        }
    }
}
