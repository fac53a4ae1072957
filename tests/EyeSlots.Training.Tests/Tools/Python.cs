using System.Diagnostics;
using System.Text.Json;

namespace EyeSlots.Training.Tests.Tools;

/// <summary>Debian's Python with NumPy, pandas and PyTorch: what the tests measure this project's numbers by.</summary>
internal static class Python
{
    /// <summary>Runs a script that lies beside the tests and prints nothing but one JSON value.</summary>
    /// <param name="script">As in <c>Metrics/numpy_metrics.py</c>.</param>
    /// <param name="input">Its standard input.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Task<JsonElement> RunAsync(string script, string input, params string[] arguments) => RunAsync(script, input, "", arguments);

    /// <summary>Likewise with pyarrow, which pandas reads Parquet by.</summary>
    public static Task<JsonElement> RunWithPyArrowAsync(string script, params string[] arguments) =>
        RunAsync(script, "", Integration.Tests.Readers.Tools.PyArrow(), arguments);

    /// <summary>Likewise, in a folder that holds the script and what it reads.</summary>
    public static Task<JsonElement> RunWithPyArrowInAsync(string folder, string script) =>
        RunAsync(Path.Combine(folder, script), "", Integration.Tests.Readers.Tools.PyArrow(), [], folder);

    private static async Task<JsonElement> RunAsync(string script, string input, string pythonPath, string[] arguments, string folder = "")
    {
        var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, script), .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["PYTHONPATH"] = pythonPath;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return JsonDocument.Parse(await output).RootElement;
    }
}
