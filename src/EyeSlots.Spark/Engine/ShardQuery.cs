using System.Text.Json;
using System.Text.Json.Nodes;
using Apache.Arrow;
using Apache.Arrow.Types;
using EyeSlots.Core.Planning.Remote;
using EyeSlots.Spark.Connect;

namespace EyeSlots.Spark.Engine;

/// <summary>The query that makes shards: of the slices that an input row names, a task makes a result each.</summary>
internal static class ShardQuery
{
    private static readonly Schema Results = new(
        [new(RemoteJob.ResultColumn, StringType.Default, false), new(RemoteJob.BytesReadColumn, Int64Type.Default, false)], null);

    /// <summary>The query of a wave's rows.</summary>
    public static DataFrame Of(SparkSession session, RemoteJob job, RecordBatch rows)
    {
        var parameters = (JsonObject)JsonSerializer.SerializeToNode(job, RemoteJson.Default.RemoteJob)!;
        return session.CreateDataFrame(rows).MapInArrow(new SparkFunction(RemoteJob.MakeShards, parameters), Results);
    }
}
