namespace EyeSlots.Benchmarks;

internal static class StageBenchmark
{
    public static Task RunAsync(string folder, TimeSpan time) => Task.CompletedTask;
}
