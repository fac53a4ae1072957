using System.Text.Json;
using System.Text.Json.Nodes;
using Apache.Arrow;
using Apache.Arrow.Types;
using EyeSlots.Core.Planning.Remote;
using EyeSlots.Spark.Connect;

namespace EyeSlots.Spark.Engine;

/// <summary>The query that makes shards: of each input row, a slice, a task makes one result.</summary>
internal static class ShardQuery
{
    private static readonly Schema Results = new(
        [new(RemoteJob.ResultColumn, StringType.Default, false), new(RemoteJob.BytesReadColumn, Int64Type.Default, false)], null);

    /// <summary>The query of a wave's rows.</summary>
    public static DataFrame Of(SparkSession session, RemoteJob job, RecordBatch slices)
    {
        var parameters = (JsonObject)JsonSerializer.SerializeToNode(job, RemoteJson.Default.RemoteJob)!;
        return session.CreateDataFrame(slices).MapInArrow(new SparkFunction(RemoteJob.MakeShards, parameters), Results);
    }
}
