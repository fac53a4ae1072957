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
    private readonly BatchSender sender;
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
        ReadsAhead = device.type == DeviceType.CUDA;
        if (options.Deterministic) CudnnChoice.BeDeterministic(device);
        sender = new(network.Input, device);
        optimizer = TorchFailure.Explained<IOptimizer>(
            $"the optimizer's state of {network.Description.Name}", () => options.Optimizer == OptimizerKind.Sgd ? new Sgd(network, options) : new Adam(network, options));
        State = [.. NetworkState.Of(network, "model."), .. optimizer.State.Select(state => KeyValuePair.Create("optimizer." + state.Key, state.Value))];
    }

    /// <summary>
    /// Everything that a checkpoint must hold beside the position: <c>model.NAME</c> with PyTorch's names and <c>optimizer.KIND.NAME</c>. The
    /// tensors themselves, as they are after the last step.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, torch.Tensor>> State { get; }

    /// <summary>
    /// Whether the next batch is asked for before a step has ended: so it is on a card, to which it travels meanwhile. The weights are the
    /// same either way.
    /// </summary>
    internal bool ReadsAhead { get; init; }

    /// <summary>Trains on batches, a step for each as it is asked for. When a batch is returned, the weights are those after its step.</summary>
    /// <param name="batches">Of two faces or more each: a batch normalisation of one has no variance.</param>
    /// <param name="stepOf">The step's number in the run, from 0, of a batch's number in the epoch.</param>
    /// <param name="seed">The run's seed.</param>
    /// <exception cref="EyeSlotsException">out-of-memory, and whatever the batches throw, after the steps before it.</exception>
    public IEnumerable<TrainedBatch> Train(IEnumerable<FaceBatch> batches, Func<int, long> stepOf, ulong seed)
    {
        if (!ReadsAhead)
        {
            foreach (var batch in batches) yield return new(batch.Index, batch.Count, batch.Faces, Run(batch, stepOf(batch.Index), seed));
            yield break;
        }

        using var ahead = new BatchesAhead(batches, sender);
        ahead.Fetch();
        while (ahead.Take() is { } batch)
        {
            using var loss = Explained(batch.Faces.Length, () => Step(batch.Tensors, stepOf(batch.Index), seed));
            ahead.Fetch();
            yield return new(batch.Index, batch.Faces.Length, batch.Faces, Explained(batch.Faces.Length, loss.item<float>));
        }
    }

    /// <summary>Trains on a batch.</summary>
    /// <param name="batch">Two faces or more.</param>
    /// <param name="step">The step's number in the run, from 0.</param>
    /// <param name="seed">The run's seed.</param>
    /// <returns>The loss before the step; no number where training has diverged.</returns>
    /// <exception cref="EyeSlotsException">out-of-memory.</exception>
    public float Run(FaceBatch batch, long step, ulong seed) => Explained(batch.Count, () =>
    {
        using var loss = Step(sender.Send(batch), step, seed);
        return loss.item<float>();
    });

    /// <summary>Takes over a state that was written before; the file must hold the tensors of <see cref="State"/> and no others.</summary>
    /// <exception cref="EyeSlotsException">
    /// model-mismatch: a tensor is missing, too much or of another shape, and nothing was taken over; checkpoint-damaged: it cannot be read.
    /// </exception>
    public void Load(SafetensorsFile file)
    {
        file.RequireExactly(State);
        foreach (var (name, tensor) in State) file.Read(name, tensor);
        optimizer.Loaded();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        optimizer.Dispose();
        sender.Dispose();
    }

    private static T Explained<T>(int faces, Func<T> action) => TorchFailure.Explained($"a step of {faces} faces", action);

    // The loss, which the caller disposes of; on a card it is not there yet.
    private torch.Tensor Step(NetworkBatch batch, long step, ulong seed)
    {
        using var sent = batch;
        using var scope = torch.NewDisposeScope();
        StepSeed.Apply(seed, step, device);
        if (!network.training) network.train();
        var loss = Losses.Of(options, network.call(batch.Input), batch.Targets, batch.Weights);
        network.zero_grad();
        loss.backward();
        if (options.ClipNorm > 0) torch.nn.utils.clip_grad_norm_(network.parameters(), options.ClipNorm);
        optimizer.Step(LearningRateSchedule.At(options, step, totalSteps));
        return loss.detach().DetachFromDisposeScope();
    }
}
