using EyeSlots.Spark.Connect.Protocol;
using EyeSlots.Spark.Connect.Transport;

namespace EyeSlots.Spark.Connect.Plans;

/// <summary><c>count(1)</c> over another plan: one row, one bigint.</summary>
internal sealed class CountPlan(LogicalPlan input) : LogicalPlan
{
    public override async ValueTask<Relation> BuildAsync(SparkConnectClient client, CancellationToken cancellation)
    {
        var one = new Expression { Literal = new() { Integer = 1 } };
        var count = new Expression.Types.UnresolvedFunction { FunctionName = "count", Arguments = { one } };
        return new()
        {
            Aggregate = new()
            {
                Input = await input.BuildAsync(client, cancellation).ConfigureAwait(false),
                GroupType = Aggregate.Types.GroupType.Groupby,
                AggregateExpressions = { new Expression { UnresolvedFunction = count } },
            },
        };
    }
}
