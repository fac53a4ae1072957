namespace EyeSlots.Benchmarks.Training;

/// <summary>The benchmarks of training, by their names.</summary>
internal static class TrainingBenchmarks
{
    private const string Prefix = "training ";

    private static readonly Dictionary<string, Func<Options, Task<int>>> All = new(StringComparer.Ordinal)
    {
        ["order"] = OrderBenchmark.RunAsync,
        ["loader"] = LoaderBenchmark.RunAsync,
        ["sampler"] = SamplerBenchmark.RunAsync,
        ["learn"] = LearnBenchmark.RunAsync,
        ["compare"] = CompareBenchmark.RunAsync,
        ["floors"] = FloorsBenchmark.RunAsync,
        ["step"] = StepBenchmark.RunAsync,
        ["memory"] = TrainingMemoryBenchmark.RunAsync,
    };

    /// <summary>The benchmark that a command line such as <c>training order</c> means, or null.</summary>
    public static Func<Options, Task<int>>? Find(string what) =>
        what.StartsWith(Prefix, StringComparison.Ordinal) ? All.GetValueOrDefault(what[Prefix.Length..]) : null;

    /// <summary>Runs each for a moment.</summary>
    public static async Task<int> CheckAsync(Options options)
    {
        var worst = 0;
        foreach (var benchmark in All.Values) worst = Math.Max(worst, await benchmark(options));
        return worst;
    }
}
