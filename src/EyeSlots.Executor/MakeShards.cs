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

/// <summary>Each input row is a slice, each output row its result. The shard itself goes to the output root, never through Spark.</summary>
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
            var slices = (BinaryArray)batch.Column(RemoteJob.SliceColumn);
            for (var row = 0; row < slices.Length; row++)
            {
                if (await RunAsync(slices.GetBytes(row).ToArray(), context, cancellation).ConfigureAwait(false) is { } result) yield return Row(result);
            }
        }
    }

    /// <summary>Null for a row without a slice, whose only purpose is that all is ready for the next.</summary>
    private async Task<ShardResult?> RunAsync(ReadOnlyMemory<byte> slice, TaskContext context, CancellationToken cancellation)
    {
        try
        {
            TaskLog.Begin(context);
            OpenSsl.Require();
            await PackedOpenCv.Ready.ConfigureAwait(false);
            if (slice.IsEmpty) return Warm();
            return await jobs.Of(job, ExecutorSettings.CredentialsOf(context)).RunAsync(SliceBytes.Read(slice.Span), cancellation).ConfigureAwait(false);
        }
        catch (EyeSlotsException failure)
        {
            throw new SliceFailedException(RemoteFailure.Text(failure), failure);
        }
    }

    /// <summary>Loads the libraries; what is wrong with them is told by the first slice.</summary>
    private static ShardResult? Warm()
    {
        _ = Libraries.Value;
        return null;
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
