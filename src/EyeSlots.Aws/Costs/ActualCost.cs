using System.Text.Json.Serialization;

namespace EyeSlots.Aws.Costs;

/// <summary>What a run took.</summary>
/// <param name="Seconds">From the first machine's start to the job's end.</param>
/// <param name="MachineSeconds">Of all machines together.</param>
/// <param name="Dollars">By the same prices as the estimate.</param>
public sealed record ActualCost(double Seconds, double MachineSeconds, double Dollars)
{
    /// <summary>Why it differs from the estimate, where there was one: terms that add up to the difference.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CostDifference>? Differences { get; init; }
}

/// <summary>A part of the difference between what a run took and what was estimated.</summary>
/// <param name="Name">What was otherwise.</param>
/// <param name="Dollars">What that made it dearer; negative where it made it cheaper.</param>
public readonly record struct CostDifference(string Name, double Dollars);
