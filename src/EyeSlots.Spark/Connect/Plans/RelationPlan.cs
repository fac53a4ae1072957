using EyeSlots.Spark.Connect.Protocol;
using EyeSlots.Spark.Connect.Transport;

namespace EyeSlots.Spark.Connect.Plans;

/// <summary>A relation that is known from the start: a file to read, or what a SQL command answered.</summary>
internal sealed class RelationPlan(Relation relation) : LogicalPlan
{
    public override ValueTask<Relation> BuildAsync(SparkConnectClient client, CancellationToken cancellation) => new(relation);
}
