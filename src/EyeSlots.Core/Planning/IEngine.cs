namespace EyeSlots.Core.Planning;

/// <summary>Runs slices: threads of this process, or a Spark cluster.</summary>
public interface IEngine
{
    /// <summary>The name in manifests and in <c>--engine</c>.</summary>
    string Name { get; }

    /// <summary>Ends when slices can run. Called before the first thing is written, so that an engine that cannot run leaves nothing behind.</summary>
    Task PrepareAsync(CancellationToken cancellation);

    /// <summary>
    /// Makes the shards of the given slices and yields a result for each, in any order. The first failure of a
    /// slice ends the enumeration with its exception, after the slices under way have stopped.
    /// </summary>
    /// <param name="run">Names the run, for what an engine lays beside its plan.</param>
    /// <param name="plan">Loads slices; safe to call from several threads.</param>
    /// <param name="slices">The slices to make.</param>
    /// <param name="cancellation">Stops cleanly: published shards stay, nothing is half-written.</param>
    IAsyncEnumerable<ShardResult> RunAsync(string run, Plan plan, IReadOnlyList<SliceHeader> slices, CancellationToken cancellation);
}

/// <summary>A slice of a plan without its faces.</summary>
/// <param name="Index">Position in the plan.</param>
/// <param name="List">The list's name.</param>
/// <param name="Fingerprint">64 lower-case hexadecimal digits.</param>
/// <param name="Faces">Number of faces.</param>
public sealed record SliceHeader(int Index, string List, string Fingerprint, int Faces);
