using EyeSlots.Training.Runs;

namespace EyeSlots.Training.Search;

/// <summary>
/// Trains one run of a search to its end, beside others: in a process of its own, since libtorch has one generator of random numbers and one
/// number of threads for a process, and what ends one run must not end the others.
/// </summary>
public interface IRunTrainer
{
    /// <summary>Trains, or goes on.</summary>
    /// <param name="options">The run's; those that the runs of a search differ in are its rate, seed, folder, generation and device.</param>
    /// <param name="cancellation">Ends the run after its step, with a checkpoint.</param>
    /// <exception cref="Core.EyeSlotsException">What ended it.</exception>
    Task TrainAsync(TrainingOptions options, CancellationToken cancellation);
}
