using System.Diagnostics;
using System.Text.Json;

namespace EyeSlots.Integration.Tests.Cli;

/// <summary>How a run of the program ended.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Errors)
{
    /// <summary>The one object that <c>--json</c> prints.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;
}

/// <summary>The program as a process, as users start it: EYESLOTS_PROGRAM names it, else it is the build of its own project.</summary>
internal static class EyeSlotsProgram
{
    public static string Path { get; } = Environment.GetEnvironmentVariable("EYESLOTS_PROGRAM") ?? Built("EyeSlots.Cli", "eyeslots");

    /// <summary>The program that it becomes for training: EYESLOTS_TRAINER, or likewise.</summary>
    public static string Trainer { get; } = Environment.GetEnvironmentVariable("EYESLOTS_TRAINER") ?? Built("EyeSlots.Trainer", "eyeslots-train");

    public static Task<ProgramResult> RunAsync(params string[] arguments) => RunAsync(new Dictionary<string, string>(), arguments);

    public static async Task<ProgramResult> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var process = Start(environment, arguments);
        return await EndAsync(process);
    }

    /// <summary>Runs with <c>--json</c> and demands success.</summary>
    public static async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var result = await RunAsync([.. arguments, "--json"]);
        Assert.True(result.ExitCode == 0, $"eyeslots {string.Join(' ', arguments)} ended with {result.ExitCode}: {result.Output}{result.Errors}");
        return result.Json;
    }

    /// <summary>Starts the program so that it hears Ctrl-C: tests that a shell runs in the background would pass on that it is ignored.</summary>
    public static Process Start(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        StartOther("env", environment, ["--default-signal=INT", Path, .. arguments]);

    /// <summary>Starts another program that starts ours.</summary>
    public static Process StartOther(string program, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var name in start.Environment.Keys.Where(IsOfTheMachine).ToList()) start.Environment.Remove(name);

        start.Environment["EYESLOTS_TRAINER"] = Trainer;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Settings of AWS and proxies that whoever runs the tests may have.</summary>
    private static bool IsOfTheMachine(string variable) =>
        variable.StartsWith("AWS_", StringComparison.Ordinal) || variable.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase);

    public static async Task<ProgramResult> EndAsync(Process process)
    {
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(15));
        await process.WaitForExitAsync(limit.Token);
        return new(process.ExitCode, await output, await errors);
    }

    /// <summary>Not the copy beside the tests: it lacks the libraries that the tests take from ASP.NET.</summary>
    private static string Built(string project, string name)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return System.IO.Path.Combine(own.Parent!.Parent!.FullName, project, $"{own.Name}_linux-x64", name);
    }
}
