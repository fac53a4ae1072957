using System.Runtime.CompilerServices;
using System.Text.Json;
using Apache.Arrow;
using EyeSlots.Spark.Tests.Worker;
using EyeSlots.Spark.Worker;

namespace EyeSlots.Spark.Tests.Worker
{
    /// <summary>A function from a lambda.</summary>
    internal sealed class Sample(Func<IAsyncEnumerable<RecordBatch>, TaskContext, CancellationToken, IAsyncEnumerable<RecordBatch>> run, Schema? output = null)
        : IArrowFunction
    {
        internal static Sample Echo => new((input, _, _) => input);

        /// <summary>The functions that the recorded commands, <c>{"udf": NAME}</c>, call.</summary>
        internal static IArrowFunction OfRecordedCommand(ReadOnlyMemory<byte> command)
        {
            using var json = JsonDocument.Parse(command);
            return json.RootElement.GetProperty("udf").GetString() switch
            {
                "fail" => new Sample((_, _, _) => throw new SampleError("it broke", "   at EyeSlots.Sample()")),
                "late-fail" => new Sample((input, _, _) => EchoThenFail(input)),
                _ => Echo,
            };
        }

        public Schema GetOutputSchema(Schema input) => output ?? input;

        public IAsyncEnumerable<RecordBatch> RunAsync(IAsyncEnumerable<RecordBatch> input, TaskContext context, CancellationToken cancellation) =>
            run(input, context, cancellation);

        internal static async IAsyncEnumerable<RecordBatch> EchoThenFail(IAsyncEnumerable<RecordBatch> input)
        {
            await foreach (var batch in input) yield return batch;
            throw new SampleError("it broke late", null);
        }

        internal static async IAsyncEnumerable<RecordBatch> WaitFor(Task task, [EnumeratorCancellation] CancellationToken cancellation = default)
        {
            await task.WaitAsync(cancellation);
            yield break;
        }
    }
}

namespace EyeSlots
{
    /// <summary>The error of the recorded replies, down to its name and stack.</summary>
    internal sealed class SampleError(string message, string? stack) : Exception(message)
    {
        public override string? StackTrace => stack;
    }
}
