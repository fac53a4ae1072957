using System.Globalization;
using System.Text.Json;

namespace EyeSlots.Benchmarks.S3;

/// <summary>What a run of the whole job took, from the start of its process to its exit.</summary>
/// <param name="Faces">Crops that it made.</param>
/// <param name="Run">Time and memory.</param>
/// <param name="BytesRead">Bytes of images that it read.</param>
/// <param name="BytesThere">Bytes that these images have.</param>
internal sealed record JobFigures(long Faces, Execution Run, long BytesRead, long BytesThere)
{
    /// <summary>Faces a second.</summary>
    public double Rate => Faces / Run.Seconds;

    /// <summary>Milliseconds of processor time a face.</summary>
    public double Processor => 1000 * Run.ProcessorSeconds / Faces;
}

/// <summary>
/// Runs of the compiled program by two workers into empty roots. Each must make a crop of every face, and what it makes must be, byte for
/// byte, what the first run on the same faces made.
/// </summary>
internal sealed class S3Jobs(S3Site site)
{
    private readonly Dictionary<string, SortedDictionary<string, string>> made = [];
    private int runs;

    /// <summary>Words before the program's name that decide where it runs, as <c>taskset</c> does.</summary>
    public IReadOnlyList<string> Launcher { get; set; } = [];

    /// <summary>From the server and to it.</summary>
    /// <param name="faces">On what.</param>
    /// <param name="endpoint">The server, or what stands before it.</param>
    /// <param name="options">Of <c>preprocess</c>.</param>
    public JobFigures OnS3(FaceSet faces, Uri endpoint, params string[] options)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"out{++runs}");
        return Run(faces, faces.Images, $"{site.Address}/{name}", Path.Combine(site.Folder, name), "S3", options, S3Site.Environment(endpoint));
    }

    /// <summary>From the folder that the server keeps its objects in, to a folder.</summary>
    public JobFigures OnFolders(FaceSet faces, params string[] options)
    {
        using var output = new Scratch();
        var root = Path.Combine(output.Folder, "slots");
        return Run(faces, faces.Folder, root, root, "folders", options, []);
    }

    private JobFigures Run(FaceSet faces, string images, string output, string folder, string place, string[] options, Dictionary<string, string> environment)
    {
        string[] command = [.. Launcher, CompiledProgram.Path];
        var run = Execution.Of(command[0], [.. command[1..], "preprocess", "--annotations", $"training={faces.List}", "--images", images, "--out", output, "--workers", "2", "--json", .. options], environment);
        using var summary = JsonDocument.Parse(run.Output);
        var rows = summary.RootElement.GetProperty("rows").GetInt64();
        if (rows != faces.Count) throw new InvalidOperationException($"Of {faces.Count} faces {rows} were cut: {run.Output}");

        // A photograph's version is its ETag on S3 and its size and time in a folder, unless its content is hashed.
        var identity = options.Contains("--hash-images") ? "content" : place;
        RequireSame($"{faces.Count} faces by {identity}", Integration.Tests.Scratch.Tree(folder, "shards", "quarantine"));
        Directory.Delete(folder, recursive: true);
        return new(rows, run, summary.RootElement.GetProperty("bytesRead").GetInt64(), summary.RootElement.GetProperty("bytesThere").GetInt64());
    }

    private void RequireSame(string what, SortedDictionary<string, string> tree)
    {
        if (made.TryAdd(what, tree)) return;
        if (!made[what].SequenceEqual(tree)) throw new InvalidOperationException($"Two runs on {what} made shards of other names or bytes.");
    }
}
