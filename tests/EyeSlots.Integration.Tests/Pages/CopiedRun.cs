using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace EyeSlots.Integration.Tests.Pages;

/// <summary>A copy of a run's small files, to be damaged.</summary>
internal sealed class CopiedRun : IDisposable
{
    private readonly Scratch scratch = new();

    public CopiedRun(string run)
    {
        Directory.CreateDirectory(this["evaluations"]);
        foreach (var file in (string[])["config.json", "metrics.jsonl", "leaks.json", "evaluations/affectnet-1-test.json", "evaluations/affectnet-1-test.csv"])
            File.Copy(Path.Combine(run, file), this[file]);
    }

    public string Folder => scratch["run"];

    public string Page => scratch["page.html"];

    /// <summary>A file of it.</summary>
    public string this[string file] => Path.Combine(Folder, file);

    /// <summary>Changes a file of JSON.</summary>
    public void Edit(string file, Action<JsonObject> change)
    {
        var content = JsonNode.Parse(File.ReadAllText(this[file]))!.AsObject();
        change(content);
        File.WriteAllText(this[file], content.ToJsonString());
    }

    /// <summary>Lays further evaluations into the run, of faces all over the plane.</summary>
    public void CopyEvaluation(int copies, int faces)
    {
        var random = new Random(1);
        var (header, lines) = (File.ReadLines(this["evaluations/affectnet-1-test.csv"]).First(), new StringBuilder());
        lines.Append(header).Append('\n');
        for (var face = 0; face < faces; face++) lines.Append(CultureInfo.InvariantCulture, $"test,{face}.jpg,0,{Draw()},{Draw()},{Draw()},{Draw()}\n");
        for (var copy = 1; copy <= copies; copy++)
        {
            File.Copy(this["evaluations/affectnet-1-test.json"], this[$"evaluations/copy-{copy}.json"]);
            Edit($"evaluations/copy-{copy}.json", numbers => numbers["rows"] = faces);
            File.WriteAllText(this[$"evaluations/copy-{copy}.csv"], lines.ToString());
        }

        double Draw() => (2 * random.NextDouble()) - 1;
    }

    public void Dispose() => scratch.Dispose();
}
