using System.Diagnostics;
using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>A client of <c>cluster run</c> that is interrupted or killed: what it made is gone, or is named by <c>status</c> and removed by <c>down</c>.</summary>
public sealed partial class InterruptedRunCommandTests(PreparedAccount account) : IClassFixture<PreparedAccount>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Interrupt_WithoutATerminal_DeletesTheCluster()
    {
        var master = new PlayedMaster(account, "silent") { Holds = true };
        _ = master.PlayAsync(Cancellation);
        using var process = EyeSlotsProgram.Start(account.Moto.EnvironmentVariables, Line("silent"));
        await master.Taken.Task.WaitAsync(Patience, Cancellation);
        Assert.NotNull(await account.StackAsync("silent"));
        using var interrupt = Process.Start("kill", ["-INT", $"{process.Id}"]);
        var result = await EyeSlotsProgram.EndAsync(process);
        Assert.Equal(130, result.ExitCode);
        Assert.Contains("error interrupted: ", result.Errors, StringComparison.Ordinal);
        Assert.Null(await account.StackAsync("silent"));
    }

    [Fact]
    public async Task Interrupt_OnAClusterThatIsThere_SaysThatItsJobGoesOnAndHowToEndIt()
    {
        await account.JsonAsync("cluster", "up", "--name", "standing");
        var master = new PlayedMaster(account, "standing") { Holds = true };
        _ = master.PlayAsync(Cancellation);
        using var process = EyeSlotsProgram.Start(account.Moto.EnvironmentVariables, ["cluster", "run", "--json", .. Line("standing")[2..]]);
        await master.Taken.Task.WaitAsync(Patience, Cancellation);
        using var interrupt = Process.Start("kill", ["-INT", $"{process.Id}"]);
        var result = await EyeSlotsProgram.EndAsync(process);
        Assert.Equal(130, result.ExitCode);
        Assert.Equal(
            "Interrupted; job 1 goes on, on the cluster standing. 'eyeslots cluster status standing' shows it, 'eyeslots cluster down standing' ends both.",
            result.Json.GetProperty("error").GetProperty("message").GetString());
        Assert.Equal(1, (await account.JsonAsync("cluster", "status", "standing"))[0].GetProperty("job").GetInt32());
        await account.JsonAsync("cluster", "down", "standing");
    }

    [Fact]
    public async Task Interrupt_OfADeletion_SaysThatItGoesOn()
    {
        await account.JsonAsync("cluster", "up", "--name", "leaving");
        await using var proxy = await AccountProxy.StartAsync(account.Moto);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        proxy.After = (_, call) => Task.FromResult(call == "DeleteStack" && asked.TrySetResult());
        using var process = EyeSlotsProgram.Start(proxy.EnvironmentVariables, "cluster", "down", "leaving");
        await asked.Task.WaitAsync(Patience, Cancellation);
        using var interrupt = Process.Start("kill", ["-INT", $"{process.Id}"]);
        var result = await EyeSlotsProgram.EndAsync(process);
        Assert.Equal(130, result.ExitCode);
        Assert.Contains("error interrupted: Interrupted; a deletion that has begun goes on. 'eyeslots cluster status leaving' shows whether", result.Errors, StringComparison.Ordinal);
        Assert.Null(await account.StackAsync("leaving"));
    }

    // The calls of a run are counted first; then others are killed at calls that are spread over all of them, before a call and behind it.
    [Fact]
    public async Task Kill_AtAnyPointOfARun_LeavesWhatStatusNamesAndDownRemoves()
    {
        var calls = await CountAsync();
        var points = LongRun.Count(3, 10);
        var left = 0;
        for (var point = 0; point < points; point++)
        {
            var name = $"killed-{point}";
            await KillAsync(name, 1 + (point * (calls - 1) / (points - 1)), behind: point % 2 == 1);
            var shown = (await account.JsonAsync("cluster", "status")).EnumerateArray().Select(cluster => cluster.GetProperty("name").GetString()).ToList();
            var isThere = await account.StackAsync(name) is not null;
            Assert.Equal(isThere, shown.Contains(name));
            if (!isThere) continue;
            left++;
            await account.JsonAsync("cluster", "down", name);
            Assert.Null(await account.StackAsync(name));
        }

        Assert.InRange(left, 1, points - 1);
    }

    private string[] Line(string name) => ["cluster", "run", "--name", name, "--", "verify", "--out", $"s3://{account.DataBucket}/slots"];

    private async Task<int> CountAsync()
    {
        await using var proxy = await AccountProxy.StartAsync(account.Moto);
        var master = new PlayedMaster(account, "counted");
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        _ = master.PlayAsync(over.Token);
        var result = await EyeSlotsProgram.RunAsync(proxy.EnvironmentVariables, Line("counted"));
        await over.CancelAsync();
        Assert.True(result.ExitCode == 0, result.Errors);
        return proxy.Calls.Count;
    }

    private async Task KillAsync(string name, int number, bool behind)
    {
        await using var proxy = await AccountProxy.StartAsync(account.Moto);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        _ = new PlayedMaster(account, name).PlayAsync(over.Token);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (behind) proxy.After = HoldAsync;
        else proxy.Before = HoldAsync;
        using var process = EyeSlotsProgram.Start(proxy.EnvironmentVariables, Line(name));
        await Task.WhenAny(reached.Task, process.WaitForExitAsync(Cancellation)).WaitAsync(Patience, Cancellation);
        process.Kill();
        await EyeSlotsProgram.EndAsync(process);
        await over.CancelAsync();

        Task HoldAsync(int at, string call)
        {
            if (at < number) return Task.CompletedTask;
            reached.TrySetResult();
            return Task.Delay(Timeout.Infinite, over.Token);
        }
    }
}
