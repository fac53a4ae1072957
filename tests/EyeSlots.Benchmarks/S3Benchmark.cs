using System.Diagnostics;
using System.Globalization;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Training.Tests.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Benchmarks;

/// <summary>
/// The whole job from and to an S3 server of this host beside the same job on folders, in turns, and GETs alone. What counts is processor
/// time of this process, the server's not included: what a machine of a cluster has to give, since it waits for S3 in many threads.
/// </summary>
internal static class S3Benchmark
{
    /// <summary>Runs both so often.</summary>
    public static async Task<int> RunAsync(string folder, int runs)
    {
        await using var s3 = await S3Photographs.OfAsync(folder);
        List<double> fromS3 = [], fromFolder = [], get = [], ratios = [], shares = [];
        await MeasureAsync(() => s3.ReadAllAsync());
        await MeasureAsync(() => JobAsync(s3.Stores, folder, s3.Images, s3.Output("warm")));
        for (var run = 1; run <= runs; run++)
        {
            fromS3.Add(await MeasureAsync(() => JobAsync(s3.Stores, folder, s3.Images, s3.Output(string.Create(CultureInfo.InvariantCulture, $"run{run}")))));
            fromFolder.Add(await OnFolderAsync(folder));
            get.Add(await MeasureAsync(() => s3.ReadAllAsync()));
            ratios.Add(fromS3[^1] / fromFolder[^1]);
            shares.Add(get[^1] / fromS3[^1]);
        }

        Console.WriteLine(FormattableString.Invariant(
            $"{s3.Count} photographs of {s3.Bytes / s3.Count / 1000.0:F0} kB on average; processor milliseconds an image, medians of {runs} turns on {Environment.ProcessorCount} processors"));
        Console.WriteLine(FormattableString.Invariant(
            $"from S3 to S3 {Turns.Median(fromS3):F3}, from folder to folder {Turns.Median(fromFolder):F3}: ratio {Turns.Median(ratios):F2}"));
        Console.WriteLine(FormattableString.Invariant($"a GET alone {Turns.Median(get):F3}: {100 * Turns.Median(shares):F0} % of the job from S3"));
        return 0;

        async Task<double> MeasureAsync(Func<Task> work) => await ProcessorAsync(work) / s3.Count;
        async Task<double> OnFolderAsync(string images)
        {
            using var output = new Scratch();
            return await MeasureAsync(() => JobAsync(DrawnDataset.Stores, folder, StorageAddress.Parse(images), StorageAddress.Parse(output.Folder)));
        }
    }

    private static async Task JobAsync(IObjectStoreFactory stores, string folder, StorageAddress images, StorageAddress output)
    {
        var job = new PreprocessRun(stores, new LocalEngines(stores, NullLogger.Instance), TimeProvider.System, NullLogger.Instance);
        var summary = await job.RunAsync(
            new() { Lists = AnnotationList.ParseAll([Path.Combine(folder, "training.csv")]), Images = images, Output = output, Workers = 2 }, null, CancellationToken.None);
        if (summary.Rows == 0) throw new InvalidOperationException($"Nothing was cut from {images}.");
    }

    /// <summary>Milliseconds of all processors that this process took.</summary>
    private static async Task<double> ProcessorAsync(Func<Task> work)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await work();
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds;
    }
}
