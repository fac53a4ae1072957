using EyeSlots.Core;

namespace EyeSlots.Training.Models;

/// <summary>
/// A wide residual network: a convolution of 16 channels, three groups of 16, 32 and 64 times <paramref name="Widen"/> channels with
/// strides 1, 2 and 2, normalisation and ReLU before each convolution, dropout between the two of a block, the average over the image.
/// </summary>
/// <param name="Name">Of the table, or what a file calls it.</param>
/// <param name="Depth">Convolutions on the longest way, 6 n + 4 with n blocks in each group: 10 to 100.</param>
/// <param name="Widen">Factor of the channels, 1 to 20.</param>
/// <param name="Dropout">Share of values that a step drops, 0 to 0.9.</param>
/// <param name="Epochs">How long it is trained.</param>
/// <param name="Cutout">The side of the cut out square as a share of the input's height; 0 cuts nothing.</param>
public sealed record WideResNetDescription(string Name, int Depth, int Widen, double Dropout = 0.3, int Epochs = 50, double Cutout = 0.5)
    : ModelDescription(Name, Dropout, Epochs, Cutout)
{
    /// <summary>Blocks in each of the three groups.</summary>
    public int BlocksInGroup => (Depth - 4) / 6;

    /// <inheritdoc/>
    public override ModelDescription Validated()
    {
        base.Validated();
        Require.Between("depth", Depth, 10, 100);
        Require.That(Depth % 6 == 4, $"depth must be 6 n + 4, such as 16, 22 or 28, not {Depth}.");
        Require.Between("widen", Widen, 1, 20);
        return this;
    }
}
