namespace EyeSlots.Core.Planning;

/// <summary>Runs slices: threads of this process, or a Spark cluster. Disposal ends what it opened.</summary>
public interface IEngine : IAsyncDisposable
{
    /// <summary>The name in manifests and in <c>--engine</c>.</summary>
    string Name { get; }

    /// <summary>Cancelled when it will never be ready, so that nobody goes on planning for it; <see cref="PrepareAsync"/> then says why.</summary>
    CancellationToken Failing { get; }

    /// <summary>Seconds that connecting and uploading took; null where there is nothing to connect to, or not yet.</summary>
    double? SessionSeconds { get; }

    /// <summary>Ends when slices can run. Called before the first thing is written, so that an engine that cannot run leaves nothing behind.</summary>
    Task PrepareAsync(CancellationToken cancellation);

    /// <summary>
    /// Makes the shards of the given slices and yields a result for each, in any order. The first failure of a
    /// slice ends the enumeration with its exception, after the slices under way have stopped.
    /// </summary>
    /// <param name="stage">Takes slices for executors elsewhere; the run's.</param>
    /// <param name="plan">Loads slices; safe to call from several threads.</param>
    /// <param name="slices">The slices to make.</param>
    /// <param name="cancellation">Stops cleanly: published shards stay, nothing is half-written.</param>
    IAsyncEnumerable<ShardResult> RunAsync(ISliceStage stage, Plan plan, IReadOnlyList<SliceHeader> slices, CancellationToken cancellation);
}

/// <summary>Where an engine lays slices under the output root, for executors that do not share its memory. What is laid there belongs to the run.</summary>
public interface ISliceStage
{
    /// <summary>Ends when gc knows of the run: before, nothing may be published. Fails where it cannot be told.</summary>
    Task MayPublish { get; }

    /// <summary>Lays slices down, when something may be published.</summary>
    /// <returns>Their key under the output root, which no other part of any run has.</returns>
    Task<string> LayAsync(ReadOnlyMemory<byte> slices, CancellationToken cancellation);

    /// <summary>Takes them away; what cannot be removed soon is left to gc.</summary>
    Task RemoveAsync(string key);
}
