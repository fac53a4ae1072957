using System.Collections.Concurrent;
using EyeSlots.Preprocessing.Synthesis;

[assembly: AssemblyFixture(typeof(EyeSlots.Integration.Tests.DrawnFaces))]

namespace EyeSlots.Integration.Tests;

/// <summary>Data sets drawn by the product's own synthesizer, each once for all tests; read-only.</summary>
public sealed class DrawnFaces : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("eyeslots-drawn-").FullName;
    private readonly ConcurrentDictionary<SynthOptions, Lazy<SynthSummary>> sets = new();

    /// <summary>The data set of these options.</summary>
    public SynthSummary Of(SynthOptions options) =>
        sets.GetOrAdd(options, _ => new(() => new Synthesizer().Run(options, Path.Combine(folder, $"{sets.Count}-{options.Faces}"), null))).Value;

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
