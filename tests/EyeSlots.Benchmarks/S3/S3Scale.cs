namespace EyeSlots.Benchmarks.S3;

/// <summary>How much each line of the benchmark works on.</summary>
/// <param name="Runs">Turns of each line.</param>
/// <param name="Faces">Faces of a run.</param>
/// <param name="NarrowFaces">Faces of a run over a narrow network, which takes its time.</param>
/// <param name="ManyFaces">Faces of the run whose memory is compared with that of <paramref name="Faces"/>.</param>
/// <param name="StallEvery">One read of so many stalls.</param>
/// <param name="StallFor">So long.</param>
internal sealed record S3Scale(int Runs, int Faces, int NarrowFaces, int ManyFaces, int StallEvery, TimeSpan StallFor)
{
    /// <summary>Proves that each line works, in a moment.</summary>
    public static S3Scale Check { get; } = new(1, 30, 24, 60, 10, TimeSpan.FromMilliseconds(300));

    /// <summary>Measures.</summary>
    public static S3Scale Of(Options options) => new(options.Runs, options.Count, Math.Min(options.Count, 8000), 10 * options.Count, 200, TimeSpan.FromSeconds(2));
}
