namespace EyeSlots.Aws.Costs;

/// <summary>The machines of a run.</summary>
/// <param name="Master">The master, which works where there is no worker.</param>
/// <param name="Worker">What each worker is taken for.</param>
/// <param name="Workers">How many; 0 for the master alone.</param>
public sealed record ClusterShape(MachineType Master, MachineType Worker, int Workers)
{
    /// <summary>Whether the master works alone.</summary>
    public bool IsOneMachine => Workers == 0;

    /// <summary>All machines.</summary>
    public int Machines => Workers + 1;

    /// <summary>Processors that cut.</summary>
    public double Vcpus => IsOneMachine ? Master.Vcpus.Value : Workers * Worker.Vcpus.Value;

    /// <summary>Bytes a second that those machines take.</summary>
    public double BytesPerSecond => IsOneMachine ? Master.BytesPerSecond : Workers * Worker.BytesPerSecond;

    /// <summary>In words.</summary>
    public override string ToString() => IsOneMachine ? $"{Master.Name} alone" : $"{Master.Name} and {Workers} × {Worker.Name}";
}
