using EyeSlots.Core;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Models;
using EyeSlots.Training.Torch;
using TorchSharp;

namespace EyeSlots.Training.Optimization;

/// <summary>
/// One step of training after another. What a step does depends on the weights, the optimizer's state, the batch, the step's number and the
/// seed, and on nothing that was before: a run that goes on from <see cref="State"/> makes the same weights.
/// </summary>
internal sealed class TrainingStep : IDisposable
{
    private readonly EyeNetwork network;
    private readonly OptimizationOptions options;
    private readonly long totalSteps;
    private readonly torch.Device device;
    private readonly BatchTensors tensors;
    private readonly IOptimizer optimizer;

    /// <summary>Moves the network to the device.</summary>
    /// <param name="network">What is trained; it stays the caller's.</param>
    /// <param name="options">How.</param>
    /// <param name="totalSteps">Of the whole run, for the schedule.</param>
    /// <param name="device">Where.</param>
    /// <exception cref="EyeSlotsException">usage: the precision is not one of this device; device-unavailable: it cannot be deterministic.</exception>
    public TrainingStep(EyeNetwork network, OptimizationOptions options, long totalSteps, torch.Device device)
    {
        (this.network, this.options, this.totalSteps, this.device) = (network, options.Validated(), totalSteps, device);
        DevicePrecision.Apply(network, options.Precision, device);
        if (options.Deterministic) CudnnChoice.BeDeterministic(device);
        tensors = new(network.Input, device);
        optimizer = options.Optimizer == OptimizerKind.Sgd ? new Sgd(network, options) : new Adam(network, options);
        State = [.. NetworkState.Of(network, "model."), .. optimizer.State.Select(state => KeyValuePair.Create("optimizer." + state.Key, state.Value))];
    }

    /// <summary>
    /// Everything that a checkpoint must hold beside the position: <c>model.NAME</c> with PyTorch's names and <c>optimizer.KIND.NAME</c>. The
    /// tensors themselves, as they are after the last step.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, torch.Tensor>> State { get; }

    /// <summary>Trains on a batch.</summary>
    /// <param name="batch">Two faces or more: a batch normalisation of one has no variance.</param>
    /// <param name="step">The step's number in the run, from 0.</param>
    /// <param name="seed">The run's seed.</param>
    /// <returns>The loss before the step; no number where training has diverged.</returns>
    /// <exception cref="EyeSlotsException">out-of-memory.</exception>
    public float Run(FaceBatch batch, long step, ulong seed)
    {
        using var scope = torch.NewDisposeScope();
        return TorchFailure.Explained($"a step of {batch.Count} faces", () => Step(batch, step, seed).item<float>());
    }

    /// <summary>Takes over a state that was written before; the file must hold every tensor of <see cref="State"/>.</summary>
    /// <exception cref="EyeSlotsException">model-mismatch: a tensor is missing or of another shape; checkpoint-damaged: it cannot be read.</exception>
    public void Load(SafetensorsFile file)
    {
        foreach (var (name, tensor) in State) file.Read(name, tensor);
        optimizer.Loaded();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        optimizer.Dispose();
        tensors.Dispose();
    }

    private torch.Tensor Step(FaceBatch batch, long step, ulong seed)
    {
        StepSeed.Apply(seed, step, device);
        if (!network.training) network.train();
        var outputs = network.call(tensors.ToInput(batch));
        var loss = Losses.Of(options, outputs, tensors.ToTargets(batch), tensors.ToWeights(batch));
        network.zero_grad();
        loss.backward();
        if (options.ClipNorm > 0) torch.nn.utils.clip_grad_norm_(network.parameters(), options.ClipNorm);
        optimizer.Step(LearningRateSchedule.At(options, step, totalSteps));
        return loss;
    }
}
