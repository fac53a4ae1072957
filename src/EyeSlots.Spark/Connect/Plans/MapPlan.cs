using Apache.Arrow;
using EyeSlots.Spark.Connect.Protocol;
using EyeSlots.Spark.Connect.Transport;
using EyeSlots.Spark.Connect.Values;
using Google.Protobuf;

namespace EyeSlots.Spark.Connect.Plans;

/// <summary>Another plan's rows, partition by partition, through a function in the worker executable.</summary>
internal sealed class MapPlan(LogicalPlan input, SparkFunction function, Schema output, int level, bool isBarrier) : LogicalPlan
{
    /// <summary>PythonEvalType.SQL_MAP_ARROW_ITER_UDF: what mapInArrow is called on the wire.</summary>
    private const int MapInArrow = 207;

    public override async ValueTask<Relation> BuildAsync(SparkConnectClient client, CancellationToken cancellation)
    {
        var columns = await input.SchemaAsync(client, cancellation).ConfigureAwait(false);
        var map = new MapPartitions
        {
            Input = await input.BuildAsync(client, cancellation).ConfigureAwait(false),
            Func = Function(columns),
        };
        if (isBarrier) map.IsBarrier = true;
        return new() { MapPartitions = map };
    }

    public override ValueTask<Schema> SchemaAsync(SparkConnectClient client, CancellationToken cancellation) => new(output);

    private CommonInlineUserDefinedFunction Function(Schema columns)
    {
        var udf = new CommonInlineUserDefinedFunction
        {
            FunctionName = function.Name,

            // 3.5 refuses any other in this place.
            Deterministic = level < 40,
            PythonUdf = new()
            {
                OutputType = SparkTypes.ToSpark(output),
                EvalType = MapInArrow,
                Command = UnsafeByteOperations.UnsafeWrap(function.ToBytes()),
                PythonVer = SparkVersions.WorkerVersion(level),
            },
        };

        // Every column: the optimizer cuts off those that are not named, and a count above would leave none.
        udf.Arguments.AddRange(columns.FieldsList.Select(Argument));
        return udf;
    }

    private static Expression Argument(Field column) => new()
    {
        UnresolvedAttribute = new() { UnparsedIdentifier = $"`{column.Name.Replace("`", "``", StringComparison.Ordinal)}`" },
    };
}
