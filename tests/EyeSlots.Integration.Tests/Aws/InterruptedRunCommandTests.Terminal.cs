using System.Diagnostics;
using System.Globalization;
using System.Text;
using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>At a terminal of its own: Ctrl-C asks, another program that ends it does not.</summary>
public sealed partial class InterruptedRunCommandTests
{
    [Theory]
    [InlineData("kept", "y", true)]
    [InlineData("gone", "n", false)]
    public async Task Interrupt_OnATerminal_AsksAndDoesWhatIsAnswered(string name, string answer, bool isLeft)
    {
        var master = new PlayedMaster(account, name) { Holds = true };
        _ = master.PlayAsync(Cancellation);
        using var process = StartAtTerminal(Line(name));
        await master.Taken.Task.WaitAsync(Patience, Cancellation);
        await TypeAsync(process, "\u0003");
        var said = await ReadUntilAsync(process.StandardOutput, "[y/n]");
        await TypeAsync(process, answer + "\r");
        var result = await EyeSlotsProgram.EndAsync(process);
        Assert.Equal(130, result.ExitCode);
        Assert.Contains($"Leave the cluster {name} to its end of life, with its job? It is deleted otherwise.", said, StringComparison.Ordinal);
        Assert.Equal(isLeft, result.Output.Contains($"job 1 goes on, on the cluster {name}.", StringComparison.Ordinal));
        Assert.Equal(isLeft, await account.StackAsync(name) is not null);
        if (isLeft) await account.JsonAsync("cluster", "down", name);
        Assert.Null(await account.StackAsync(name));
    }

    [Fact]
    public async Task Terminate_OnATerminal_AsksNobodyAndDeletesTheCluster()
    {
        var master = new PlayedMaster(account, "ended") { Holds = true };
        _ = master.PlayAsync(Cancellation);
        using var scratch = new Scratch();
        using var process = StartAtTerminal(Line("ended"), $"echo $$ > '{scratch["pid"]}'; exec ");
        await master.Taken.Task.WaitAsync(Patience, Cancellation);
        var id = int.Parse(await File.ReadAllTextAsync(scratch["pid"], Cancellation), CultureInfo.InvariantCulture);
        using var terminate = Process.Start("kill", ["-TERM", $"{id}"]);
        var result = await EyeSlotsProgram.EndAsync(process);
        Assert.Equal(130, result.ExitCode);
        Assert.DoesNotContain("[y/n]", result.Output, StringComparison.Ordinal);
        Assert.Contains("Deleting the cluster ended.", result.Output, StringComparison.Ordinal);
        Assert.Null(await account.StackAsync("ended"));
    }

    private Process StartAtTerminal(string[] line, string before = "")
    {
        var variables = new Dictionary<string, string>(account.Moto.EnvironmentVariables) { ["TERM"] = "xterm" };
        var command = string.Join(' ', new[] { "env", "--default-signal=INT", EyeSlotsProgram.Path }.Concat(line).Select(word => $"'{word}'"));
        return EyeSlotsProgram.StartOther("script", variables, "-qec", $"stty cols 200; {before}{command}", "/dev/null");
    }

    private static async Task TypeAsync(Process process, string keys)
    {
        await process.StandardInput.WriteAsync(keys);
        await process.StandardInput.FlushAsync(Cancellation);
    }

    private static async Task<string> ReadUntilAsync(StreamReader output, string end)
    {
        var (read, one) = (new StringBuilder(), new char[1]);
        while (!read.ToString().Contains(end, StringComparison.Ordinal))
        {
            if (await output.ReadAsync(one, Cancellation).AsTask().WaitAsync(Patience, Cancellation) == 0) break;
            read.Append(one);
        }

        return read.ToString();
    }
}
