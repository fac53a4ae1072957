using EyeSlots.Training.Runs;
using TorchSharp;

namespace EyeSlots.Benchmarks.Training;

/// <summary>Looks at memory after each step of a run.</summary>
internal sealed class MemoryWatcher : IProgress<TrainingProgress>
{
    private long steps;

    /// <summary>Each number of live tensors that was seen after a step from the second on.</summary>
    public HashSet<long> Tensors { get; } = [];

    /// <summary>The most resident memory of each epoch, in megabytes.</summary>
    public List<double> Resident { get; } = [];

    /// <summary>Faces of the first epoch.</summary>
    public long FacesPerEpoch { get; private set; }

    public void Report(TrainingProgress value)
    {
        if (value.Epoch > Resident.Count) Resident.Add(0);
        if (value.Epoch == 1) FacesPerEpoch = value.Faces;
        if (++steps > 1) Tensors.Add(torch.Tensor.TotalCount);
        Resident[^1] = Math.Max(Resident[^1], Environment.WorkingSet / 1e6);
    }
}
