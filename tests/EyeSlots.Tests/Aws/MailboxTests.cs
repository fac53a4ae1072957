using EyeSlots.Aws.Mailbox;
using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Aws;

/// <summary>The mailbox on a store that publishes as S3 does.</summary>
public sealed class MailboxTests : IDisposable
{
    private static readonly JobRequest Verify = JobRequest.Of(["verify", "s3://slots"]);
    private readonly TempFolder folder = new();
    private readonly ClusterMailbox mailbox;

    public MailboxTests() => mailbox = new(new LocalObjectStore(StorageAddress.Parse(folder.Path)));

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("faces-1", true)]
    [InlineData("0", true)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("Faces", false)]
    [InlineData("a/b", false)]
    [InlineData("a\n", false)]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456", false)]
    public void ClusterName_OfAText_IsOneOfSmallLettersDigitsAndHyphens(string text, bool isName)
    {
        Assert.Equal(isName, ClusterName.TryParse(text, out var name));
        if (isName) Assert.Equal(name, ClusterName.OfStack(name.StackName));
        else Assert.Equal(ErrorCodes.Usage, Assert.Throws<EyeSlotsException>(() => ClusterName.Parse(text)).Code);
    }

    [Fact]
    public async Task SubmitAsync_SeveralAtOnce_GetANumberEach()
    {
        var numbers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => mailbox.Jobs.SubmitAsync(Verify))));
        Assert.Equal(Enumerable.Range(1, 8), numbers.Order());
        Assert.Equal(Verify.Arguments, (await mailbox.Jobs.ReadAsync(8)).Arguments);
    }

    [Fact]
    public async Task NextAsync_JobsWithAndWithoutResult_IsTheFirstWithout()
    {
        for (var job = 0; job < 3; job++) await mailbox.Jobs.SubmitAsync(Verify);
        Assert.True(await mailbox.Jobs.FinishAsync(1, Result(0)));
        Assert.Equal(2, await mailbox.Jobs.NextAsync());
        Assert.True(await mailbox.Jobs.FinishAsync(2, Result(1)));
        Assert.False(await mailbox.Jobs.FinishAsync(2, Result(0)));
        Assert.Equal(3, await mailbox.Jobs.NextAsync());
        Assert.Equal(1, (await mailbox.Jobs.ResultAsync(2))!.ExitCode);
        Assert.Null(await mailbox.Jobs.ResultAsync(3));
    }

    [Fact]
    public async Task ReadLogAsync_LogThatGrows_GivesWhatIsNew()
    {
        await mailbox.Jobs.WriteLogAsync(1, "one\n"u8.ToArray());
        Assert.Equal("one\n"u8.ToArray(), await mailbox.Jobs.ReadLogAsync(1, 0));
        await mailbox.Jobs.WriteLogAsync(1, "one\ntwo\n"u8.ToArray());
        Assert.Equal("two\n"u8.ToArray(), await mailbox.Jobs.ReadLogAsync(1, 4));
        Assert.Empty(await mailbox.Jobs.ReadLogAsync(1, 8));
    }

    [Fact]
    public async Task FailAsync_SecondReasonOfAMachine_LeavesTheFirst()
    {
        Assert.True(await mailbox.Machines.FailAsync("i-0123456789abcdef0", "the disk\nis full"));
        Assert.False(await mailbox.Machines.FailAsync("i-0123456789abcdef0", "no worker came"));
        Assert.Equal([new("i-0123456789abcdef0", "the disk is full")], await mailbox.Machines.FailuresAsync());
    }

    [Fact]
    public async Task Files_Damaged_AreRefusedByName()
    {
        folder.Write("status.json", """{"phase": "working"}""");
        folder.Write("master", "spark://10.0.0.1:7077 --evil");
        folder.Write("results/0001.succeeded", "{");
        Assert.Contains("status.json is damaged", (await Assert.ThrowsAsync<StorageException>(() => mailbox.StatusAsync())).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StorageException>(() => mailbox.Machines.MasterAsync());
        await Assert.ThrowsAsync<StorageException>(() => mailbox.Jobs.ResultAsync(1));
    }

    [Fact]
    public async Task Heartbeat_StatusThatStaysTheSame_IsLostAfterNinetySecondsOfTheReadersClock()
    {
        var time = new JumpingTime(DateTimeOffset.UnixEpoch);
        var heartbeat = new Heartbeat(time);
        time.Advance(TimeSpan.FromHours(1));
        Assert.False(heartbeat.IsLost);
        await mailbox.WriteStatusAsync(new() { Phase = ClusterPhase.Working, Job = 1, Seconds = 5, Written = DateTimeOffset.UnixEpoch });
        heartbeat.Hear(await mailbox.StatusAsync());
        time.Advance(TimeSpan.FromSeconds(89));
        heartbeat.Hear(await mailbox.StatusAsync());
        Assert.False(heartbeat.IsLost);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(heartbeat.IsLost);
    }

    private static JobResult Result(int exitCode) => new() { ExitCode = exitCode, Tries = 1, Seconds = new Dictionary<string, double> { ["job"] = 2 }, MachineHours = new(0.5, 1) };
}
