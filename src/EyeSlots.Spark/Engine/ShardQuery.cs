using System.Text.Json;
using System.Text.Json.Nodes;
using Apache.Arrow;
using EyeSlots.Spark.Connect;
using EyeSlots.Spark.Contract;

namespace EyeSlots.Spark.Engine;

/// <summary>The query that makes shards: of the slices that an input row names, a task makes a result each.</summary>
internal static class ShardQuery
{
    /// <summary>The query of a wave's rows.</summary>
    public static DataFrame Of(SparkSession session, RemoteJob job, RecordBatch rows)
    {
        var parameters = (JsonObject)JsonSerializer.SerializeToNode(job, RemoteJson.Default.RemoteJob)!;
        return session.CreateDataFrame(rows).MapInArrow(new SparkFunction(ShardFunction.Name, parameters), ShardFunction.Output);
    }
}
