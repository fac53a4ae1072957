using System.Text.Json.Serialization;

namespace EyeSlots.Aws.Costs;

/// <summary>What a run takes with one shape.</summary>
public sealed record ShapeCost
{
    /// <summary>Why it is shown.</summary>
    public required string Name { get; init; }

    /// <summary>Its machines.</summary>
    [JsonIgnore]
    public required ClusterShape Shape { get; init; }

    /// <summary>Which bound is the lowest.</summary>
    [JsonIgnore]
    public required Rates Rates { get; init; }

    /// <summary>Each term of the sum.</summary>
    [JsonIgnore]
    public required IReadOnlyList<CostTerm> Terms { get; init; }

    /// <summary>How many machines.</summary>
    public int Machines => Shape.Machines;

    /// <summary>The master's type.</summary>
    public string MasterType => Shape.Master.Name;

    /// <summary>The type that each worker is taken for; null without workers.</summary>
    public string? WorkerType => Shape.IsOneMachine ? null : Shape.Worker.Name;

    /// <summary>What bounds its rate.</summary>
    public RateLimit Limit => Rates.Limit;

    /// <summary>Until the first image.</summary>
    public required double BootSeconds { get; init; }

    /// <summary>From the first machine's start to the last image.</summary>
    public required double Seconds { get; init; }

    /// <summary>Seconds that each machine is paid for.</summary>
    public required double PaidSeconds { get; init; }

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
