using EyeSlots.Core;
using EyeSlots.Training.Augmentation;
using TorchSharp;

namespace EyeSlots.Training.Models;

/// <summary>
/// A network from N × C × H × W normalised pixels to N × 2 numbers: valence and arousal, not clipped. Parameters and buffers have the
/// names that the same modules have in PyTorch, so that files can be exchanged.
/// </summary>
internal abstract class EyeNetwork : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    /// <summary>Valence and arousal.</summary>
    public const int Outputs = 2;

    private protected EyeNetwork(ModelDescription description, InputShape input)
        : base(description.Name) => (Description, Input) = (description, input);

    /// <summary>What it was made from.</summary>
    public ModelDescription Description { get; }

    /// <summary>The input's size and channels.</summary>
    public InputShape Input { get; }

    /// <summary>What convolutions and dense layers compute in.</summary>
    public Precision Precision
    {
        get => ComputeType.Precision;
        set => ComputeType.Precision = value;
    }

    /// <summary>The number of weights that training changes.</summary>
    public long Weights => parameters().Sum(parameter => parameter.numel());

    private protected ComputeType ComputeType { get; } = new();

    private protected abstract Dense Last { get; }

    /// <summary>
    /// A network on the CPU before its first step: it says the training labels' mean of every face, as the mean floor does. The same seed
    /// gives the same weights.
    /// </summary>
    /// <param name="description">What to make.</param>
    /// <param name="input">The input's size and channels.</param>
    /// <param name="meanValence">The training labels' mean: the last layer's bias starts there, its weights at 0.</param>
    /// <param name="meanArousal">Likewise.</param>
    /// <param name="seed">Of the weights.</param>
    /// <exception cref="EyeSlotsException">usage: the input is too small to be halved so often, or there would be too many weights. out-of-memory.</exception>
    public static EyeNetwork Create(ModelDescription description, InputShape input, float meanValence, float meanArousal, long seed)
    {
        WeightCount.RequireReasonable(description, input);
        var network = TorchFailure.Explained($"the weights of {description.Name}", () => Create(description, input, seed));

        // What goes into dense layers is never negative, so one first step of Adam, which moves every weight the same way when errors have a
        // common sign, can shut all their units for good: half of the runs of tiny at 1e-3 died so. Errors about the mean have no common sign.
        network.Last.BeginWith(meanValence, meanArousal);
        return network;
    }

    /// <inheritdoc/>
    public sealed override torch.Tensor forward(torch.Tensor input)
    {
        var outputs = Compute(input);
        if (Precision != Precision.BFloat16) return outputs;
        using (outputs) return outputs.to(torch.ScalarType.Float32);
    }

    private protected abstract torch.Tensor Compute(torch.Tensor input);

    private static EyeNetwork Create(ModelDescription description, InputShape input, long seed)
    {
        using var random = new torch.Generator((ulong)seed);
        return description switch
        {
            VggDescription vgg => new VggNetwork(vgg, input, random),
            WideResNetDescription wide => new WideResNetwork(wide, input, random),
            _ => throw new ArgumentException($"{description.GetType().Name} has no network.", nameof(description)),
        };
    }
}
