using System.Text.Json;
using System.Text.Json.Nodes;
using EyeSlots.Spark.Connect;
using EyeSlots.Spark.Contract;

namespace EyeSlots.Spark.Engine;

/// <summary>The query that asks executors for their checks.</summary>
internal static class Probing
{
    /// <summary>As many tasks, each of which answers one row for each check.</summary>
    public static DataFrame Of(SparkSession session, RemoteProbe asked, int tasks)
    {
        var parameters = (JsonObject)JsonSerializer.SerializeToNode(asked, RemoteJson.Default.RemoteProbe)!;
        return session.CreateDataFrame(ProbeFunction.Rows(tasks)).MapInArrow(new SparkFunction(ProbeFunction.Name, parameters), ProbeFunction.Output);
    }
}
