using System.Text.Json;
using System.Text.Json.Nodes;
using Apache.Arrow;
using Apache.Arrow.Types;
using EyeSlots.Core.Planning.Remote;
using EyeSlots.Spark.Connect;

namespace EyeSlots.Spark.Engine;

/// <summary>The query that asks executors for their checks.</summary>
internal static class Probing
{
    private static readonly Schema Columns = new([new("task", Int64Type.Default, false)], null);

    private static readonly Schema Answers = new(
        [
            new(RemoteProbe.HostColumn, StringType.Default, false), new(RemoteProbe.ProcessColumn, Int64Type.Default, false),
            new(RemoteProbe.CheckColumn, StringType.Default, false), new(RemoteProbe.PassedColumn, BooleanType.Default, false),
            new(RemoteProbe.DetailColumn, StringType.Default, false), new(RemoteProbe.ClockColumn, Int64Type.Default, false),
        ],
        null);

    /// <summary>As many tasks, each of which answers one row for each check.</summary>
    public static DataFrame Of(SparkSession session, RemoteProbe asked, int tasks)
    {
        var rows = new Int64Array.Builder().AppendRange(Enumerable.Range(0, tasks).Select(task => (long)task)).Build();
        var parameters = (JsonObject)JsonSerializer.SerializeToNode(asked, RemoteJson.Default.RemoteProbe)!;
        return session.CreateDataFrame(new RecordBatch(Columns, [rows], tasks)).MapInArrow(new SparkFunction(RemoteProbe.Function, parameters), Answers);
    }
}
