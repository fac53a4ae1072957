using TorchSharp;

namespace EyeSlots.Training.Optimization;

/// <summary>Changes weights by their gradients. It owns its state as named tensors, so that a checkpoint is simple and exact.</summary>
internal interface IOptimizer : IDisposable
{
    /// <summary>What must be kept to go on: names and the tensors themselves, which a checkpoint writes and reads in place.</summary>
    IReadOnlyList<KeyValuePair<string, torch.Tensor>> State { get; }

    /// <summary>One step by the parameters' gradients.</summary>
    void Step(double learningRate);

    /// <summary>Says that <see cref="State"/> was written anew.</summary>
    void Loaded();
}
