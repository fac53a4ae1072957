using EyeSlots.Core;

namespace EyeSlots.Preprocessing.Duplicates;

/// <summary>What counts as near-equal.</summary>
public sealed record DuplicateOptions
{
    /// <summary>Beyond it chance makes groups: 16 of 128 bits.</summary>
    private const int MostDistance = 16;

    /// <summary>Bits of 128 in which the hashes of two crops may differ, 0 to 16.</summary>
    public int Distance { get; init; } = 4;

    /// <summary>Checks every value; returns this.</summary>
    /// <exception cref="EyeSlotsException">usage: says which option, what it may be and what it is.</exception>
    public DuplicateOptions Validated()
    {
        Require.Between("--distance", Distance, 0, MostDistance);
        return this;
    }
}
