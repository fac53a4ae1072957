using System.Diagnostics;
using System.Globalization;
using EyeSlots.Training.Models;

namespace EyeSlots.Benchmarks.Training;

/// <summary>The rival: the same network in PyTorch, in a process of its own that waits between its turns.</summary>
internal sealed class StepPeer : IDisposable
{
    private readonly Process process;

    private StepPeer(Process process, string versions) => (this.process, Versions) = (process, versions);

    /// <summary>What it says to be.</summary>
    public string Versions { get; }

    /// <summary>Starts it; it takes the layout in memory that it is faster with.</summary>
    public static StepPeer Start(string python, ModelDescription model, int batch, int threads, string device, string precision)
    {
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "Training", "step_peer.py"), ModelDescriptionJson.Write(model).ToJsonString(), Text(batch), Text(threads), device, precision];
        ProcessStartInfo start = new(python, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["OMP_WAIT_POLICY"] = "passive";
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        var process = Process.Start(start)!;
        return new(process, process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{python} ended; see what it printed."));
    }

    /// <summary>Takes steps; the seconds of one.</summary>
    public double SecondsOfStep(int steps)
    {
        process.StandardInput.WriteLine(Text(steps));
        process.StandardInput.Flush();
        var line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The rival ended; see what it printed.");
        return double.Parse(line, CultureInfo.InvariantCulture) / steps;
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
