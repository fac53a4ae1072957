using System.Text.Json.Serialization;

namespace EyeSlots.Aws.Costs;

/// <summary>What a run takes with one shape.</summary>
/// <param name="Name">Why it is shown.</param>
/// <param name="Shape">Its machines.</param>
/// <param name="Rates">What bounds its rate.</param>
/// <param name="BootSeconds">Until the first image.</param>
/// <param name="Seconds">From the first machine's start to the last image.</param>
/// <param name="PaidSeconds">Seconds that each machine is paid for.</param>
/// <param name="Terms">Each term of the dollars.</param>
public sealed record ShapeCost(
    string Name,
    [property: JsonIgnore] ClusterShape Shape,
    [property: JsonIgnore] Rates Rates,
    double BootSeconds,
    double Seconds,
    double PaidSeconds,
    [property: JsonIgnore] IReadOnlyList<CostTerm> Terms)
{
    /// <summary>How many machines.</summary>
    public int Machines => Shape.Machines;

    /// <summary>The master's type.</summary>
    public string MasterType => Shape.Master.Name;

    /// <summary>The type that each worker is taken for; null without workers.</summary>
    public string? WorkerType => Shape.IsOneMachine ? null : Shape.Worker.Name;

    /// <summary>What bounds its rate.</summary>
    public RateLimit Limit => Rates.Limit;

    /// <summary>The sum of the terms.</summary>
    public double Dollars => Terms.Sum(term => term.Dollars);
}

/// <summary>What a run is going to take: the shapes asked for, one machine, and the cheapest.</summary>
/// <param name="Images">How many images.</param>
/// <param name="Bytes">Bytes of all of them.</param>
/// <param name="MillisecondsPerImage">Time of one vCPU for one.</param>
/// <param name="Source">Where that was measured.</param>
/// <param name="Limit">What bounds the rate of the first shape.</param>
/// <param name="Shapes">Side by side.</param>
public sealed record CostEstimate(long Images, long Bytes, double MillisecondsPerImage, string Source, RateLimit Limit, IReadOnlyList<ShapeCost> Shapes);
