using EyeSlots.Core.Storage;

namespace EyeSlots.Reporting.Runs;

/// <summary>What a run's folder tells: its configuration, its epochs, what leaked, and its evaluations.</summary>
public sealed class RunRecord
{
    internal RunRecord(string name, RecordedConfig config, Configuration options) => (Name, Config, Options) = (name, config, options);

    /// <summary>The folder's name.</summary>
    public string Name { get; }

    /// <summary>What the run trained on.</summary>
    public RunSource Source => Config.Data;

    /// <summary>Its evaluations, in the order of their names; the first eight.</summary>
    public IReadOnlyList<EvaluationRecord> Judged { get; internal init; } = [];

    internal RecordedConfig Config { get; }

    /// <summary>All of the configuration, to be shown.</summary>
    internal Configuration Options { get; }

    internal IReadOnlyList<RecordedEpoch> Epochs { get; init; } = [];

    /// <summary>What leaked; null where it does not stand in the folder.</summary>
    internal RecordedLeaks? Leaks { get; init; }

    /// <summary>How many further evaluations lie in the folder.</summary>
    internal int OtherEvaluations { get; init; }

    /// <summary>The epoch whose model lies in <c>best/</c>: the first with the highest mean CCC on validation.</summary>
    internal RecordedEpoch? Best => Epochs.MaxBy(epoch => epoch.MeanCcc ?? double.NegativeInfinity);

    /// <summary>Reads a run's folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="EyeSlotsException">usage: it holds no run; checkpoint-damaged: a file of it is no such file, and which field is off.</exception>
    public static Task<RunRecord> LoadAsync(IObjectStore folder, CancellationToken cancellation = default) => new RunReader(folder).ReadAsync(cancellation);
}
