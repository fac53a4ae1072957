using EyeSlots.Training.Loading;
using EyeSlots.Training.Models;
using TorchSharp;

namespace EyeSlots.Training.Optimization;

/// <summary>A network's outputs without training it.</summary>
internal sealed class Inference : IDisposable
{
    private readonly EyeNetwork network;
    private readonly BatchSender sender;

    /// <summary>Moves the network to the device; it computes in its own <see cref="EyeNetwork.Precision"/>.</summary>
    public Inference(EyeNetwork network, torch.Device device)
    {
        (this.network, sender) = (network, new(network.Input, device));
        DevicePrecision.Apply(network, network.Precision, device);
    }

    /// <summary>Writes valence and arousal of each face. Normalisation takes the training's means, so that a face's numbers do not depend on its batch.</summary>
    /// <param name="batch">Any number of faces.</param>
    /// <param name="outputs">Count × 2.</param>
    /// <exception cref="Core.EyeSlotsException">out-of-memory.</exception>
    public void Predict(FaceBatch batch, Span<float> outputs)
    {
        using var scope = torch.NewDisposeScope();
        using var none = torch.no_grad();
        var predicted = TorchFailure.Explained($"{batch.Count} faces", () =>
        {
            if (network.training) network.eval();
            using var sent = sender.Send(batch);
            return network.call(sent.Input).cpu();
        });
        predicted.data<float>().CopyTo(outputs[..(batch.Count * EyeNetwork.Outputs)]);
    }

    /// <inheritdoc/>
    public void Dispose() => sender.Dispose();
}
