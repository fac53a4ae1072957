using Apache.Arrow;
using EyeSlots.Spark.Connect.Protocol;
using EyeSlots.Spark.Connect.Transport;
using EyeSlots.Spark.Connect.Values;

namespace EyeSlots.Spark.Connect.Plans;

/// <summary>What a data frame is made of. The message is built when it is needed: building may ask the server or upload.</summary>
internal abstract class LogicalPlan
{
    /// <summary>The message that says it to Spark.</summary>
    public abstract ValueTask<Relation> BuildAsync(SparkConnectClient client, CancellationToken cancellation);

    /// <summary>The columns; asked of the server where they are not known here.</summary>
    public virtual async ValueTask<Schema> SchemaAsync(SparkConnectClient client, CancellationToken cancellation)
    {
        var plan = new Plan { Root = await BuildAsync(client, cancellation).ConfigureAwait(false) };
        var request = new AnalyzePlanRequest { Schema = new() { Plan = plan } };
        var response = await client.CallAsync(
            request, static (service, r, options) => service.AnalyzePlanAsync(r, options), cancellation, client.Options.StallTimeout).ConfigureAwait(false);
        return SparkTypes.ToArrowSchema(response.Schema.Schema_);
    }
}
