using System.Text.Json;
using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Integration.Tests.Pages;

/// <summary>
/// Pages as users make them, of a data set whose photographs have names that are markup and of which training and validation share some:
/// drawn, cut, trained on twice and judged by the program, once for all tests.
/// </summary>
public sealed class MadePages : IAsyncLifetime
{
    /// <summary>A folder's name that is markup.</summary>
    private const string HostileRun = "<b onclick=alert(2)>run & co";

    private static readonly string[] ListFiles = ["training.csv", "validation.csv", "test.csv"];
    private readonly Scratch scratch = new();

    /// <summary>The runs' folders.</summary>
    public string First => scratch[HostileRun];

    public string Second => scratch["second"];

    /// <summary>The dataset's root.</summary>
    public string Shards => scratch["out"];

    /// <summary>Every path that the lists name.</summary>
    public IReadOnlySet<string> ListedPaths { get; private set; } = new HashSet<string>();

    /// <summary>The pages by their names.</summary>
    public string this[string page] => scratch[page + ".html"];

    public async ValueTask InitializeAsync()
    {
        await EyeSlotsProgram.JsonAsync("synth", "--out", scratch["drawn"], "--faces", "480", "--side", "120", "--leaks", "0.05");
        HostileNames.Give(scratch["drawn"], ListFiles);
        await EyeSlotsProgram.JsonAsync(["preprocess", "--annotations", .. ListFiles.Select(list => scratch[$"drawn/{list}"]), "--images", scratch["drawn"], "--out", Shards]);
        await TrainAsync(First, seed: 1);
        await TrainAsync(Second, seed: 2);
        await EyeSlotsProgram.JsonAsync("evaluate", "--run", First, "--data", Shards, "--lists", "test");
        ListedPaths = (await PathsAsync()).ToHashSet();
        await MakeAsync("run", [First]);
        await MakeAsync("runs", [First, Second]);
        await MakeAsync("run-without-pictures", [First], "--no-pictures");
        await DatasetPages.MakeAsync(this, scratch["drawn"], [.. ListFiles.Select(list => scratch[$"drawn/{list}"])]);
    }

    public ValueTask DisposeAsync()
    {
        scratch.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Makes a page of runs.</summary>
    public async Task<JsonElement> MakeAsync(string page, string[] runs, params string[] options) =>
        await EyeSlotsProgram.JsonAsync(["report", "--run", .. runs, "--out", this[page], .. options]);

    private async Task TrainAsync(string run, int seed) => await EyeSlotsProgram.JsonAsync(
        "train", "--data", Shards, "--train", "training", "--validation", "validation", "--run", run, "--model", "tiny", "--epochs", "2", "--learning-rate", "1e-3",
        "--seed", $"{seed}", "--allow-leaks");

    private async Task<IEnumerable<string>> PathsAsync()
    {
        var names = new List<string>();
        foreach (var list in ListFiles)
        {
            using var text = new StreamReader(scratch[$"drawn/{list}"]);
            await using var csv = await Sylvan.Data.Csv.CsvDataReader.CreateAsync(text);
            while (await csv.ReadAsync()) names.Add(csv.GetString(0));
        }

        return names;
    }
}

/// <summary>The tests that look at pages.</summary>
[CollectionDefinition(nameof(MadePages))]
public sealed class MadePagesCollection : ICollectionFixture<MadePages>, ICollectionFixture<Browser>;
