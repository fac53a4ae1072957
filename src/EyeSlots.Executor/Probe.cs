using System.Runtime.CompilerServices;
using Apache.Arrow;
using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Spark.Contract;
using EyeSlots.Spark.Worker;
using EyeSlots.Storage.S3;

namespace EyeSlots.Executor;

/// <summary>Checks this executor for <c>doctor</c>: whatever it is given, each task answers one row for each check.</summary>
internal sealed class Probe(RemoteProbe asked) : IArrowFunction
{
    public Schema GetOutputSchema(Schema input) => ProbeFunction.Output;

    public async IAsyncEnumerable<RecordBatch> RunAsync(
        IAsyncEnumerable<RecordBatch> input, TaskContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ContractVersion.Require(asked.Contract);
        var clock = TimeProvider.System.GetUtcNow();
        var hold = Task.Delay(asked.HoldMilliseconds, cancellation);
        if (!PackedOpenCv.IsReady(context)) throw new RemoteException(new(ErrorCodes.SparkFailed, $"The worker on {Environment.MachineName} has no OpenCV; pack it again."));
        List<ProbeResult> checks = [.. MachineCheck.Run(), Space(context.FilesDirectory)];
        if (OpenSsl.Found is not null) checks.AddRange(await StorageAsync(context, cancellation).ConfigureAwait(false));
        await hold.ConfigureAwait(false);
        yield return ProbeFunction.Rows([.. checks.Select(check => new ProbeAnswer(Environment.MachineName, Environment.ProcessId, check, clock))]);
    }

    /// <summary>Ends the process where there is no OpenSSL: signatures are hashes.</summary>
    private async Task<List<ProbeResult>> StorageAsync(TaskContext context, CancellationToken cancellation)
    {
        List<ProbeResult> checks = [];
        using var stores = new ObjectStoreFactory(ExecutorSettings.StorageOf(asked.Storage, ExecutorSettings.CredentialsOf(context)));
        if (IsS3(asked.Images) || IsS3(asked.Output)) checks.AddRange(await stores.CheckS3Async(cancellation).ConfigureAwait(false));
        if (asked.Images is { } images) checks.Add(await StorageProbe.FindImagesAsync(stores.Open(StorageAddress.Parse(images), asked.FollowLinks), cancellation).ConfigureAwait(false));
        if (asked.Output is { } output)
            checks.AddRange((await StorageProbe.RunAsync(stores.Open(StorageAddress.Parse(output)), cancellation).ConfigureAwait(false)).Select(check => check with { Check = "storage: " + check.Check }));
        return checks;
    }

    private static bool IsS3(string? root) => root is not null && StorageAddress.Parse(root).IsS3;

    private static ProbeResult Space(string folder)
    {
        const long least = 256L << 20;
        var drive = new DriveInfo(folder.Length > 0 ? folder : Path.GetTempPath());
        return new("session's folder", drive.AvailableFreeSpace >= least, $"{folder} has {drive.AvailableFreeSpace >> 20} MB free; the worker takes about 160 MB of it for a first session, 19 MB for each later one");
    }
}
