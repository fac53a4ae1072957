using System.Diagnostics;
using System.Text.Json;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>Asks botocore, in the Python that runs moto_server.</summary>
internal static class Botocore
{
    /// <summary>Asks a question (<c>botocore_answers.py</c>) about many things at once: its start takes a second.</summary>
    public static async Task<JsonElement[]> AskAsync<T>(string question, IReadOnlyList<T> about)
    {
        var start = new ProcessStartInfo(await PythonAsync(), [Path.Combine(AppContext.BaseDirectory, "Aws", "botocore_answers.py"), question])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var answer = process.StandardOutput.ReadToEndAsync();
        await process.StandardInput.WriteAsync(JsonSerializer.Serialize(about));
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return JsonSerializer.Deserialize<JsonElement[]>(await answer)!;
    }

    /// <summary>The first line of moto_server names its Python; pyenv puts a program of its own before it.</summary>
    private static async Task<string> PythonAsync()
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "head -n 1 \"$(pyenv which moto_server 2>/dev/null || command -v moto_server)\""]) { RedirectStandardOutput = true })!;
        var line = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(line.StartsWith("#!", StringComparison.Ordinal), "moto_server is not installed: pip install 'moto[server]' in a second Python.");
        return line[2..].Trim();
    }
}
