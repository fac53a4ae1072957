using System.Text.Json;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Integration.Tests.Containers;
using EyeSlots.Integration.Tests.Readers;
using EyeSlots.Integration.Tests.Truth;

namespace EyeSlots.Integration.Tests.Notebooks;

/// <summary>The notebooks of the repository: none holds what a run printed, and each runs from top to bottom on a demo's folder.</summary>
public sealed class NotebookTests(NotebookDemo demo) : IClassFixture<NotebookDemo>
{
    private static readonly string Folder = Document.InRepository("notebooks");

    public static TheoryData<string> Notebooks => [.. Directory.EnumerateFiles(Folder, "*.ipynb").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Notebook_OfTheRepository_HoldsNoOutput(string notebook)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, notebook)));
        var cells = file.RootElement.GetProperty("cells").EnumerateArray().Where(cell => cell.GetProperty("cell_type").GetString() == "code").ToList();
        Assert.NotEmpty(cells);
        Assert.All(cells, cell => Assert.Equal((0, JsonValueKind.Null), (cell.GetProperty("outputs").GetArrayLength(), cell.GetProperty("execution_count").ValueKind)));
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public async Task Notebook_OnADemosFolder_RunsFromTopToBottom(string notebook)
    {
        using var scratch = new Scratch();
        await ToolProcess.DemandAsync(
            "/usr/bin/jupyter", ["nbconvert", "--execute", "--to", "notebook", "--ExecutePreprocessor.timeout=900", "--output-dir", scratch.Folder, notebook], demo.Variables, Folder);
        using var executed = JsonDocument.Parse(await File.ReadAllTextAsync(scratch[notebook], TestContext.Current.CancellationToken));
        var printed = executed.RootElement.GetProperty("cells").EnumerateArray().Where(cell => cell.TryGetProperty("outputs", out var outputs) && outputs.GetArrayLength() > 0);
        Assert.NotEmpty(printed);
        Assert.Empty(Directory.EnumerateFiles(Folder, "*.cs"));
    }

    [Fact]
    public async Task Notebook_WithoutADemo_SaysWhatToRunFirst()
    {
        using var scratch = new Scratch();
        var variables = new Dictionary<string, string>(demo.Variables) { ["EYESLOTS_DEMO"] = scratch.Folder };
        var said = await ToolProcess.RunAsync("/usr/bin/python3", ["-c", "import demo; demo.part('out')"], variables, Folder);
        Assert.Equal(1, said.ExitCode);
        Assert.EndsWith($"There is no demo in {scratch.Folder}: run ./eyeslots demo first, or set EYESLOTS_DEMO.\n", said.Errors, StringComparison.Ordinal);
    }
}

/// <summary>The folder of a small demo, and what the notebooks need to know to read it.</summary>
public sealed class NotebookDemo : IAsyncLifetime
{
    private readonly Scratch scratch = new();

    internal IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["EYESLOTS_DEMO"] = scratch.Folder, ["EYESLOTS_PROGRAM"] = EyeSlotsProgram.Path, ["EYESLOTS_TRAINER"] = EyeSlotsProgram.Trainer,
        ["PYTHONPATH"] = Tools.PyArrow(), ["PYTHONDONTWRITEBYTECODE"] = "1", ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1", ["DOTNET_NOLOGO"] = "1",
    };

    public async ValueTask InitializeAsync() => await EyeSlotsProgram.JsonAsync("demo", "--to", scratch.Folder, "--faces", "300");

    public ValueTask DisposeAsync()
    {
        scratch.Dispose();
        return default;
    }
}
