using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Apache.Arrow;
using Apache.Arrow.Types;
using EyeSlots.Spark.Worker;

return await WorkerHost.Create()
    .Add("brightness", SampleJson.Default.Scaling, scaling => new Brightness(scaling))
    .RunAsync(args);

/// <summary>The mean brightness of each image of the column <c>path</c>, binary PGM files, times a factor.</summary>
internal sealed class Brightness(Scaling scaling) : IArrowFunction
{
    private static readonly Schema Columns = new([new("path", StringType.Default, false), new("mean", DoubleType.Default, false)], null);

    public Schema GetOutputSchema(Schema input) => Columns;

    public async IAsyncEnumerable<RecordBatch> RunAsync(
        IAsyncEnumerable<RecordBatch> input, TaskContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var batch in input)
        {
            var paths = (StringArray)batch.Column("path");
            var means = new DoubleArray.Builder();
            foreach (var path in (IEnumerable<string>)paths) means.Append(scaling.Factor * Mean(await File.ReadAllBytesAsync(path, cancellation)));
            yield return new(Columns, [paths, means.Build()], batch.Length);
        }
    }

    private static double Mean(byte[] image)
    {
        var pixels = image.AsSpan(image.AsSpan().IndexOf("\n255\n"u8) + 5);
        var sum = 0L;
        foreach (var pixel in pixels) sum += pixel;
        return (double)sum / pixels.Length;
    }
}

internal sealed record Scaling(double Factor);

[JsonSerializable(typeof(Scaling))]
internal sealed partial class SampleJson : JsonSerializerContext;
