using System.Collections.Immutable;
using EyeSlots.Core;

namespace EyeSlots.Training.Models;

/// <summary>
/// Blocks of two 3 × 3 convolutions, each with batch normalisation and ReLU, then a 2 × 2 max pool; dense layers, each with ReLU and
/// dropout; a last layer of two units.
/// </summary>
/// <param name="Name">Of the table, or what a file calls it.</param>
/// <param name="Blocks">Channels of each block: 1 to 8 blocks of 1 to 2,048.</param>
/// <param name="Dense">Units of each dense layer before the last: at most 8 layers of 1 to 8,192.</param>
/// <param name="Dropout">Share of values that a step drops after each dense layer, 0 to 0.9.</param>
/// <param name="Epochs">How long it is trained.</param>
/// <param name="Cutout">The side of the cut out square as a share of the input's height; 0 cuts nothing.</param>
public sealed record VggDescription(string Name, ImmutableArray<int> Blocks, ImmutableArray<int> Dense, double Dropout, int Epochs, double Cutout = 0)
    : ModelDescription(Name, Dropout, Epochs, Cutout)
{
    /// <inheritdoc/>
    public override ModelDescription Validated()
    {
        base.Validated();
        Require.Between("the number of blocks", Blocks.Length, 1, 8);
        foreach (var channels in Blocks) Require.Between("blocks", channels, 1, 2048);
        Require.Between("the number of dense layers", Dense.Length, 0, 8);
        foreach (var units in Dense) Require.Between("dense", units, 1, 8192);
        return this;
    }

    /// <summary>Equal where every layer is.</summary>
    public bool Equals(VggDescription? other) =>
        base.Equals(other) && Blocks.SequenceEqual(other!.Blocks) && Dense.SequenceEqual(other.Dense);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Blocks.Length, Dense.Length);
}
