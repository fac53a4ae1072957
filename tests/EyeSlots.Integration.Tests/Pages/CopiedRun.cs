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

    public void Dispose() => scratch.Dispose();
}
