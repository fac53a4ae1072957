using System.Text.Json.Nodes;
using Apache.Arrow;
using EyeSlots.Spark.Connect;

namespace EyeSlots.Spark.Tests.Engine;

/// <summary>A client of the function in <c>EyeSlots.Spark.Brightness</c>: the README shows these lines.</summary>
internal static class BrightnessClient
{
    /// <summary>The mean brightness of each image, twice.</summary>
    public static async Task<Dictionary<string, double>> RunAsync(string server, string archive, RecordBatch paths, Schema schema)
    {
        await using var session = await SparkSession.Builder().Remote(server)
            .Config("spark.sql.execution.pyspark.python", "other/brightness").GetOrCreateAsync();
        await session.AddArtifactAsync("archives/brightness-1.tar.gz#other", archive);
        var means = session.CreateDataFrame(paths).MapInArrow(new("brightness", new JsonObject { ["Factor"] = 2 }), schema);

        var found = new Dictionary<string, double>();
        await foreach (var row in means.CollectAsync()) found.Add(row.GetAs<string>("path")!, row.GetAs<double>("mean"));
        return found;
    }
}
