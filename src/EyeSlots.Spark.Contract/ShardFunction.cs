using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Types;
using EyeSlots.Core.Planning;

namespace EyeSlots.Spark.Contract;

/// <summary>Where the slices of a row lie.</summary>
/// <param name="Key">An object under the output root; empty for a row without slices.</param>
/// <param name="Offset">Where the <see cref="SliceRow"/> begins in it.</param>
/// <param name="Length">Its bytes.</param>
public readonly record struct SlicePart(string Key, long Offset, int Length);

/// <summary>The function that makes shards: each input row names slices, each output row is the result of one.</summary>
public static class ShardFunction
{
    /// <summary>The name under which executors know it.</summary>
    public const string Name = "make-shards";

    private const string Slices = "slices", Offset = "offset", Length = "length", Result = "result", BytesRead = "bytes_read", BytesThere = "bytes_there";

    /// <summary>What the driver sends.</summary>
    public static Schema Input { get; } = new(
        [new(Slices, StringType.Default, false), new(Offset, Int64Type.Default, false), new(Length, Int32Type.Default, false)], null);

    /// <summary>What executors answer: a result as <see cref="RemoteJson"/> writes it, and the bytes of its images, which are no part of that; or <see cref="Unready"/>.</summary>
    public static Schema Output { get; } = new(
        [new(Result, StringType.Default, false), new(BytesRead, Int64Type.Default, false), new(BytesThere, Int64Type.Default, false)], null);

    /// <summary>Input rows that name parts of one object.</summary>
    public static RecordBatch Rows(string key, IReadOnlyList<(long Offset, int Length)> parts) => new(
        Input,
        [
            new StringArray.Builder().AppendRange(parts.Select(_ => key)).Build(),
            new Int64Array.Builder().AppendRange(parts.Select(part => part.Offset)).Build(),
            new Int32Array.Builder().AppendRange(parts.Select(part => part.Length)).Build(),
        ],
        parts.Count);

    /// <summary>Reads an input row.</summary>
    public static SlicePart PartOf(RecordBatch rows, int at) => new(
        ((StringArray)rows.Column(Slices)).GetString(at),
        ((Int64Array)rows.Column(Offset)).GetValue(at)!.Value,
        ((Int32Array)rows.Column(Length)).GetValue(at)!.Value);

    /// <summary>An output row.</summary>
    public static RecordBatch Answer(ShardResult result) => new(
        Output,
        [
            new StringArray.Builder().Append(JsonSerializer.Serialize(result, RemoteJson.Default.ShardResult)).Build(),
            new Int64Array.Builder().Append(result.BytesRead).Build(),
            new Int64Array.Builder().Append(result.BytesThere).Build(),
        ],
        1);

    /// <summary>The output row of an executor that lacks the library: it has made nothing of an input row.</summary>
    public static RecordBatch Unready(SlicePart part) => new(
        Output,
        [
            new StringArray.Builder().Append("").Build(),
            new Int64Array.Builder().Append(part.Offset).Build(),
            new Int64Array.Builder().Append(0).Build(),
        ],
        1);

    /// <summary>Where the part begins that an executor without the library has left; null for a result.</summary>
    /// <param name="columns">The values of the row's columns, by their names.</param>
    public static long? UnreadyOf(Func<string, object?> columns) => columns(Result) is "" ? (long)columns(BytesRead)! : null;

    /// <summary>Reads a result.</summary>
    /// <param name="columns">The values of the row's columns, by their names.</param>
    public static ShardResult ResultOf(Func<string, object?> columns) =>
        JsonSerializer.Deserialize((string)columns(Result)!, RemoteJson.Default.ShardResult)! with
        {
            BytesRead = (long)columns(BytesRead)!, BytesThere = (long)columns(BytesThere)!,
        };
}
