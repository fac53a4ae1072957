using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Integration.Tests.Containers;

/// <summary>A container that was started; gone with its volumes when it is disposed.</summary>
internal sealed class Container(ContainerEngine engine, string id) : IAsyncDisposable
{
    public string Id { get; } = id;

    /// <summary>Runs a command inside; how it ended.</summary>
    public Task<ProgramResult> ExecAsync(params string[] command) => engine.TryPodmanAsync(["exec", Id, .. command]);

    /// <summary>What its command wrote so far, on both outputs.</summary>
    public async Task<string> LogsAsync()
    {
        var logs = await engine.TryPodmanAsync("logs", Id);
        return logs.Output + logs.Errors;
    }

    /// <summary>A field of what the engine knows about it, such as <c>{{.State.Status}}</c>.</summary>
    public Task<string> InspectAsync(string format) => engine.PodmanAsync("container", "inspect", "--format", format, Id);

    /// <summary>Its first process, as this machine sees it.</summary>
    public async Task<int> ProcessAsync() => int.Parse(await InspectAsync("{{.State.Pid}}"), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Copies a file or folder into it.</summary>
    public Task CopyInAsync(string from, string to) => engine.PodmanAsync("cp", from, $"{Id}:{to}");

    /// <summary>Copies a file or folder out of it, running or not.</summary>
    public Task CopyOutAsync(string from, string to) => engine.PodmanAsync("cp", $"{Id}:{from}", to);

    /// <summary>Sends a signal to its first process.</summary>
    public Task SignalAsync(string signal) => engine.PodmanAsync("kill", "--signal", signal, Id);

    /// <summary>Waits until its command has ended; the exit code.</summary>
    public async Task<int> EndAsync(TimeSpan patience) =>
        int.Parse(await engine.PodmanAsync("wait", Id).WaitAsync(patience), System.Globalization.CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync() => await engine.PodmanAsync("rm", "--force", "--time", "0", "--volumes", Id);
}
