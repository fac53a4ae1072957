using EyeSlots.Integration.Tests.Jobs;
using EyeSlots.Preprocessing.Synthesis;

[assembly: AssemblyFixture(typeof(EyeSlots.Spark.Tests.Engine.Faces))]

namespace EyeSlots.Spark.Tests.Engine;

/// <summary>2,000 drawn faces with the defects of real lists, and what the local engine makes of them: drawn and made once.</summary>
public sealed class Faces : IAsyncLifetime
{
    /// <summary>How often the same images are listed where a run must last.</summary>
    private const int Copies = 12;

    private readonly string folder = Directory.CreateTempSubdirectory("eyeslots-faces-").FullName;

    public SynthSummary Drawn { get; private set; } = null!;

    /// <summary>The same images under many lists: some ten seconds of work.</summary>
    public SynthSummary Long { get; private set; } = null!;

    /// <summary>The dataset of the local engine.</summary>
    public string Local => Path.Combine(folder, "local");

    /// <summary>Likewise of <see cref="Long"/>.</summary>
    public string LocalLong => Path.Combine(folder, "local-long");

    public async ValueTask InitializeAsync()
    {
        Drawn = new Synthesizer().Run(new() { Faces = 2000, Defects = 0.06 }, Path.Combine(folder, "drawn"), null);
        Long = Drawn with { Lists = [.. Enumerable.Range(0, Copies).Select(copy => $"list{copy}={Drawn.Lists[0]}")] };
        await JobRuns.RunAsync(Drawn, Local);
        await JobRuns.RunAsync(Long, LocalLong);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
