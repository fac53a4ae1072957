using System.Text.Json;
using EyeSlots.Aws.Costs;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary><c>cluster run</c>, from a command line to shards, and what ends it otherwise.</summary>
public sealed partial class RunCommandTests(PreparedAccount account) : IClassFixture<PreparedAccount>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_WithALocalList_CutsThePhotographsOfTheBucketAndDeletesItsCluster()
    {
        using var scratch = new Scratch();
        var images = await account.DrawAsync(scratch);
        using var machine = new PlayedMachine(account, "whole");
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var running = machine.RunAsync(over.Token);

        var report = await account.JsonAsync("cluster", "run", "--name", "whole", "--workers", "0", "--",
            "preprocess", "--annotations", scratch["drawn/training.csv"], "--images", images.ToString(), "--out", $"s3://{account.DataBucket}/slots", "--max-rejected", "0.5");
        await over.CancelAsync();
        await running;

        Assert.True(machine.IsReady);
        Assert.Equal("whole", report.GetProperty("name").GetString());
        Assert.Equal(0, report.GetProperty("job").GetProperty("exitCode").GetInt32());
        Assert.True(report.GetProperty("job").GetProperty("result").GetProperty("committed").GetBoolean());
        Assert.Equal(report.GetProperty("estimate").GetProperty("images").GetInt64(), Directory.EnumerateFiles(scratch["drawn"], "*.jpg", SearchOption.AllDirectories).LongCount());
        var (actual, result) = (report.GetProperty("actual").Deserialize<ActualCost>(JsonSerializerOptions.Web)!, (await account.Mailbox("whole").Jobs.ResultAsync(1, Cancellation))!);
        new ActualAnew(report.GetProperty("estimate"), machines: 1).Check(actual, result);
        Assert.Contains($"training=s3://{account.ArtifactBucket}/clusters/whole/lists/training.csv", (await account.Mailbox("whole").Jobs.ReadAsync(1, Cancellation)).Arguments);
        Assert.True((await account.JsonAsync("inspect", "--out", $"s3://{account.DataBucket}/slots")).GetProperty("totals").GetProperty("rows").GetInt64() > 0);
        Assert.Null(await account.StackAsync("whole"));
    }

    [Fact]
    public async Task Run_WhoseJobFails_SaysWhyEndsWithItsExitCodeAndDeletesItsCluster()
    {
        var master = new PlayedMaster(account, "failing") { Log = "first line\nsecond line\n", Result = PlayedMaster.Ended(3, new("too-many-rejected", "Half of the faces were rejected.")) };
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        _ = master.PlayAsync(over.Token);
        var result = await EyeSlotsProgram.RunAsync(account.Moto.EnvironmentVariables, "cluster", "run", "--name", "failing", "--", "verify", "--out", $"s3://{account.DataBucket}/slots");
        await over.CancelAsync();
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("first line\nsecond line\n", result.Errors, StringComparison.Ordinal);
        Assert.Contains("error job-failed: The command ended with 3 (too-many-rejected: Half of the faces were rejected.)", result.Errors, StringComparison.Ordinal);
        Assert.Null(await account.StackAsync("failing"));
    }

    [Fact]
    public async Task TwoRuns_OfOneNameAtOnce_TheSecondIsRefusedAndHarmsNothing()
    {
        // Both have seen that the name is free before one of them has the stack; moto itself would give it to both.
        await using var proxy = await AccountProxy.StartAsync(account.Moto);
        using var both = new CountdownEvent(2);
        using var turn = new SemaphoreSlim(1);
        MeetAtCreateStack(proxy, both, turn);
        var master = new PlayedMaster(account, "twice") { Holds = true };
        _ = master.PlayAsync(Cancellation);
        string[] line = ["cluster", "run", "--name", "twice", "--json", "--", "verify", "--out", $"s3://{account.DataBucket}/slots"];
        using var one = EyeSlotsProgram.Start(proxy.EnvironmentVariables, line);
        using var other = EyeSlotsProgram.Start(proxy.EnvironmentVariables, line);
        await Task.WhenAny(one.WaitForExitAsync(Cancellation), other.WaitForExitAsync(Cancellation));
        var (refused, winner) = one.HasExited ? (one, other) : (other, one);

        AssertIsBusy(await EyeSlotsProgram.EndAsync(refused));
        await master.Taken.Task.WaitAsync(Cancellation);
        Assert.NotNull(await account.StackAsync("twice"));

        // A third finds the stack, and that it is another run's.
        AssertIsBusy(await EyeSlotsProgram.RunAsync(proxy.EnvironmentVariables, line));
        Assert.Equal([1], await account.Mailbox("twice").Jobs.NumbersAsync(Cancellation));
        await master.EndAsync(1);
        var won = await EyeSlotsProgram.EndAsync(winner);
        Assert.True(won.ExitCode == 0, won.Output + won.Errors);
        Assert.Null(await account.StackAsync("twice"));
    }

    private static void AssertIsBusy(ProgramResult ended)
    {
        Assert.Equal(1, ended.ExitCode);
        Assert.Equal("cluster-busy", ended.Json.GetProperty("error").GetProperty("code").GetString());
    }

    /// <summary>Neither call is passed on before both have come; then one after the other.</summary>
    private static void MeetAtCreateStack(AccountProxy proxy, CountdownEvent both, SemaphoreSlim turn)
    {
        proxy.Before = async (_, call) =>
        {
            if (call != "CreateStack") return;
            await Task.Run(() => both.Signal() || both.Wait(TimeSpan.FromMinutes(1)), Cancellation);
            await turn.WaitAsync(Cancellation);
        };
        proxy.After = (_, call) => Task.FromResult(call == "CreateStack" ? turn.Release() : 0);
    }

    [Fact]
    public async Task Run_OnAClusterThatIsThere_LeavesItAndIsRefusedWhileItWorks()
    {
        await account.JsonAsync("cluster", "up", "--name", "standing");
        var master = new PlayedMaster(account, "standing") { Holds = true };
        _ = master.PlayAsync(Cancellation);
        string[] line = ["cluster", "run", "--name", "standing", "--json", "--", "verify", "--out", $"s3://{account.DataBucket}/slots"];
        using var first = EyeSlotsProgram.Start(account.Moto.EnvironmentVariables, line);
        await master.Taken.Task.WaitAsync(Cancellation);
        var second = await EyeSlotsProgram.RunAsync(account.Moto.EnvironmentVariables, line);
        Assert.Equal("cluster-busy", second.Json.GetProperty("error").GetProperty("code").GetString());
        await master.EndAsync(1);
        var ended = await EyeSlotsProgram.EndAsync(first);
        Assert.Equal("by the job", ended.Json.GetProperty("job").GetProperty("result").GetProperty("said").GetString());
        Assert.NotNull(await account.StackAsync("standing"));
        await account.JsonAsync("cluster", "down", "standing");
        Assert.Null(await account.StackAsync("standing"));
    }
}
