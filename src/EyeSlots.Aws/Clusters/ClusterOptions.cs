using EyeSlots.Aws.CloudFormation.Model;
using EyeSlots.Aws.Costs;
using EyeSlots.Aws.Mailbox;

namespace EyeSlots.Aws.Clusters;

/// <summary>What cluster a user asks for.</summary>
public sealed record ClusterOptions
{
    private const int SecondsPerHour = 3600;

    /// <summary>Its name.</summary>
    public required ClusterName Name { get; init; }

    /// <summary>How many workers; none lets the master work alone.</summary>
    public WorkerRange Workers { get; init; } = WorkerRange.Usual;

    /// <summary>How many of the workers are on demand; the others are spot machines.</summary>
    public int OnDemand { get; init; }

    /// <summary>The type of the master, or of the one machine that trains; null for the usual.</summary>
    public string? MachineType { get; init; }

    /// <summary>After so many hours the cluster ends whatever it does.</summary>
    public double Hours { get; init; } = 4;

    /// <summary>Whether it is one machine that trains.</summary>
    public bool IsTrainer { get; init; }

    /// <summary>Likewise, in whole seconds.</summary>
    public int LifetimeSeconds => (int)Math.Round(Hours * SecondsPerHour);

    /// <summary>Whether the first machine has a GPU.</summary>
    internal bool HasGpu => PriceFile.Default.TrainerTypes.Any(type => type.Name == FirstMachine.Name);

    /// <summary>The type of the first machine.</summary>
    internal MachineType FirstMachine => MachineType is { } type ? PriceFile.Default.Machine(type) : Usual[0];

    /// <summary>vCPUs of on-demand machines, and of spot machines, when all are there.</summary>
    internal (double OnDemand, double Spot) Vcpus
    {
        get
        {
            var (worker, onDemand) = (PriceFile.Default.DearestWorker.Vcpus.Value, IsTrainer ? 0 : Math.Min(OnDemand, Workers.Most));
            return (FirstMachine.Vcpus.Value + (onDemand * worker), IsTrainer ? 0 : (Workers.Most - onDemand) * worker);
        }
    }

    /// <summary>Its machines when all are there, as estimates take them.</summary>
    public ClusterShape Shape => IsTrainer ? new(FirstMachine, FirstMachine, 0) : new(FirstMachine, PriceFile.Default.DearestWorker, Workers.Most);

    /// <summary>Dollars of an hour when all machines are there and all are paid as if on demand, their addresses and disks with them.</summary>
    public double DollarsPerHour => new CostTerms(PriceFile.Default).OfTime(Shape, SecondsPerHour).Sum(term => term.Dollars);

    /// <summary>What was asked for when a cluster was made.</summary>
    public static ClusterOptions Of(ClusterName name, Stack stack)
    {
        var said = stack.Parameters.ToDictionary(parameter => parameter.ParameterKey, parameter => parameter.ParameterValue, StringComparer.Ordinal);
        return new()
        {
            Name = name, Workers = WorkerRange.Parse($"{said.GetValueOrDefault("MinWorkers")}-{said.GetValueOrDefault("MaxWorkers")}") ?? WorkerRange.Usual,
            MachineType = said.GetValueOrDefault("MasterInstanceType"),
        };
    }

    private IReadOnlyList<MachineType> Usual => IsTrainer ? PriceFile.Default.TrainerTypes : PriceFile.Default.MasterTypes;

    /// <summary>Checks every value; returns this.</summary>
    /// <exception cref="EyeSlotsException">usage: says which option, what it may be and what it is.</exception>
    public ClusterOptions Validated()
    {
        Require.Between("--hours", Hours, 0.25, 24);
        Require.Between("--on-demand", OnDemand, 0, Workers.Most);
        if (MachineType is { } type)
            Require.That(Allowed.Any(one => one.Name == type), $"{(IsTrainer ? "--trainer-type" : "--master-type")} must be one of {string.Join(", ", Allowed.Select(one => one.Name))}, not {type}.");
        return this;
    }

    private IEnumerable<MachineType> Allowed => IsTrainer ? Usual.Concat(PriceFile.Default.WorkerTypes) : Usual;
}
