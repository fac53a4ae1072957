namespace EyeSlots.Aws.Costs;

/// <summary>What the price file knows of an instance type.</summary>
/// <param name="Name">Such as <c>c7i.large</c>.</param>
/// <param name="Price">In USD/h, on demand: what a spot machine costs at most.</param>
/// <param name="Vcpus">Virtual processors.</param>
/// <param name="Network">Baseline in Mbit/s; what it may take for minutes is not counted on.</param>
public sealed record MachineType(string Name, Figure Price, Figure Vcpus, Figure Network)
{
    /// <summary>Baseline of the network in bytes a second.</summary>
    public double BytesPerSecond => Network.Value * 1e6 / 8;
}
