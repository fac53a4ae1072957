namespace EyeSlots.Aws.Nodes;

/// <summary>What master and workers do before any daemon of Spark starts.</summary>
internal static class SparkBoot
{
    /// <summary>Fetches Spark and Java side by side, and writes Spark's settings with the stack's secret.</summary>
    public static async Task PrepareAsync(NodeParts node, CancellationToken cancellation)
    {
        node.Log.Say("Fetching Spark and Java.");
        await Task.WhenAll(
            node.Artifacts.UnpackAsync(node.Settings.Spark!.Value, node.Folder.Spark, cancellation),
            node.Artifacts.UnpackAsync(node.Settings.Jre!.Value, node.Folder.Jre, cancellation)).ConfigureAwait(false);
        await node.Spark.WriteAsync(await node.Cloud.ReadSecretAsync(cancellation).ConfigureAwait(false), node.Processes).ConfigureAwait(false);
        node.Log.Say("Starting Spark.");
    }
}
