using System.Diagnostics;
using System.Globalization;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Spark.Engine;
using EyeSlots.Storage.S3;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Benchmarks;

/// <summary>
/// A run of many slices, with everything of the job but the shards: planner, plan file, queries, results, manifest. Each slice is a
/// list of one face, because a list is cut only where it has hundreds of them.
/// </summary>
internal static class EmptySlices
{
    public static async Task RunAsync(SparkEngineOptions spark, int server, int count)
    {
        using var scratch = new Scratch();
        using var stores = new ObjectStoreFactory(new(null, null, null));
        var (images, output) = (Folder(scratch, "images"), Folder(scratch, "out"));
        var run = new PreprocessRun(stores, new SparkEngines(spark, new(), NullLogger.Instance), TimeProvider.System, NullLogger.Instance);
        var (load, phases) = (new ProcessLoad(server), new Phases());
        var summary = await run.RunAsync(new() { Lists = Lists(images, count), Images = images, Output = output }, phases, CancellationToken.None);
        if (summary.ShardsMade != count) throw new InvalidOperationException($"{count} slices were asked for, {summary.ShardsMade} were made.");
        Console.WriteLine(phases.Report(count, spark.MostRows));
        Console.WriteLine(load.Report());
    }

    private static StorageAddress Folder(Scratch scratch, string name) => StorageAddress.Parse(Directory.CreateDirectory(Path.Combine(scratch.Folder, name)).FullName);

    private static IReadOnlyList<AnnotationList> Lists(StorageAddress images, int count)
    {
        using var drawn = DrawnFaces.Make(1);
        var list = Path.Combine(images.Path, "one.csv");
        File.Copy(Path.Combine(drawn.Folder, "training.csv"), list);
        File.WriteAllBytes(Path.Combine(images.Path, "0.jpg"), [0]);
        var address = StorageAddress.Parse(list);
        return [.. Enumerable.Range(0, count).Select(number => new AnnotationList(string.Create(CultureInfo.InvariantCulture, $"list{number}"), address))];
    }

    private sealed class Phases : IProgress<PreprocessProgress>
    {
        private readonly long started = Stopwatch.GetTimestamp();
        private long making;
        private long made;

        public void Report(PreprocessProgress value)
        {
            if (value.Phase != PreprocessPhase.Making) return;
            if (value.Done == 0) making = Stopwatch.GetTimestamp();
            made = Stopwatch.GetTimestamp();
        }

        public string Report(int count, int most)
        {
            var (plan, work, commit) = (Stopwatch.GetElapsedTime(started, making), Stopwatch.GetElapsedTime(making, made), Stopwatch.GetElapsedTime(made));
            return string.Create(CultureInfo.InvariantCulture,
                $"{count} empty slices in queries of at most {most}: planned in {plan.TotalSeconds:F1} s, " +
                $"run in {work.TotalSeconds:F1} s ({count / work.TotalSeconds:F0} a second), committed in {commit.TotalSeconds:F1} s");
        }
    }
}
