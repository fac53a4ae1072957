using EyeSlots.Aws.Mailbox;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests.Aws;
using EyeSlots.Storage.S3;

namespace EyeSlots.Integration.Tests.Truth;

/// <summary>
/// In the mailboxes of an artifact bucket, the masters that moto does not boot: every job succeeds at once. They ask S3 alone, for moto makes
/// the parts of a stack twice when it is asked for it meanwhile.
/// </summary>
internal sealed class AnsweredJobs : IAsyncDisposable
{
    private const string Folder = "clusters/";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly CancellationTokenSource end = new();
    private readonly ObjectStoreFactory stores;
    private readonly string bucket;
    private readonly Task answering;

    public AnsweredJobs(MotoServer aws, string bucket)
    {
        var keys = aws.EnvironmentVariables;
        (this.bucket, stores) = (bucket, new(new(aws.Endpoint.AbsoluteUri, Region: MotoServer.Region) { Credentials = new(keys["AWS_ACCESS_KEY_ID"], keys["AWS_SECRET_ACCESS_KEY"], null) }));
        answering = Task.Run(AnswerAsync);
    }

    /// <summary>The commands that were asked for, in their order.</summary>
    public List<string> Commands { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await answering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stores.Dispose();
        end.Dispose();
    }

    private async Task AnswerAsync()
    {
        while (true)
        {
            HashSet<string> names = [];
            await foreach (var file in stores.Open(StorageAddress.Parse($"s3://{bucket}")).ListAsync(Folder, end.Token)) names.Add(file.Key.Split('/')[1]);
            foreach (var name in names) await AnswerAsync(ClusterMailbox.Open(stores, bucket, ClusterName.Parse(name)));
            await Task.Delay(Pause, end.Token);
        }
    }

    private async Task AnswerAsync(ClusterMailbox mailbox)
    {
        if (await mailbox.Jobs.NextAsync(end.Token) is not { } number) return;
        Commands.Add((await mailbox.Jobs.ReadAsync(number, end.Token)).Command);
        await mailbox.WriteStatusAsync(new() { Phase = ClusterPhase.Working, Workers = 2, Job = number, Seconds = 60, Written = TimeProvider.System.GetUtcNow() }, end.Token);
        await mailbox.Jobs.FinishAsync(
            number, new() { ExitCode = 0, Tries = 1, Seconds = new Dictionary<string, double> { ["boot"] = 60, ["job"] = 5 }, MachineHours = new(0.02, 0.03) }, end.Token);
    }
}
