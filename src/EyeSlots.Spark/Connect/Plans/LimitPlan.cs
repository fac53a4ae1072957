using Apache.Arrow;
using EyeSlots.Spark.Connect.Protocol;
using EyeSlots.Spark.Connect.Transport;

namespace EyeSlots.Spark.Connect.Plans;

/// <summary>The first rows of another plan.</summary>
internal sealed class LimitPlan(LogicalPlan input, int rows) : LogicalPlan
{
    public override async ValueTask<Relation> BuildAsync(SparkConnectClient client, CancellationToken cancellation) => new()
    {
        Limit = new() { Input = await input.BuildAsync(client, cancellation).ConfigureAwait(false), Limit_ = rows },
    };

    public override ValueTask<Schema> SchemaAsync(SparkConnectClient client, CancellationToken cancellation) =>
        input.SchemaAsync(client, cancellation);
}
