using System.Text.Json;
using System.Text.Json.Serialization;
using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Training.Runs;

namespace EyeSlots.Training.Search;

/// <summary>The folder of a search, held by this process alone: a folder for each run, and what came of all.</summary>
internal sealed class SearchFolder : IDisposable
{
    /// <summary>What was found, written when the last run has ended.</summary>
    public const string ReportName = "search.json";

    private readonly ProcessLock held;

    private SearchFolder(string path, ProcessLock held) => (Path, this.held) = (path, held);

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>Whether a run of it has begun.</summary>
    public bool HoldsRuns => Directory.EnumerateDirectories(Path).Any(run => File.Exists(RunFolder.ConfigOf(run)));

    private string Config => RunFolder.SearchOf(Path);

    /// <summary>Opens the folder, made where it is not there, for this process alone.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="resume">Whether a search may be there already.</param>
    /// <exception cref="EyeSlotsException">run-busy: another process works in it; run-exists: it holds a run, or a search, and none is to be gone on with.</exception>
    public static SearchFolder Open(string path, bool resume)
    {
        Directory.CreateDirectory(path);
        var folder = new SearchFolder(path, RunFolder.Lock(path));
        try
        {
            if (File.Exists(RunFolder.ConfigOf(path))) throw new EyeSlotsException(ErrorCodes.RunExists, $"{path} holds a single run; name another folder for a search.");
            if (folder.HoldsRuns && !resume) throw new EyeSlotsException(ErrorCodes.RunExists, $"{path} holds a search already; go on with it by --resume, or name another folder.");
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>The search that is there; null where none has begun.</summary>
    /// <exception cref="EyeSlotsException">checkpoint-damaged: its file is none.</exception>
    public SearchConfig? Load()
    {
        if (!HoldsRuns) return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Config), SearchJson.Default.SearchConfig);
        }
        catch (Exception error) when (error is JsonException or FileNotFoundException)
        {
            throw new EyeSlotsException(ErrorCodes.CheckpointDamaged, $"{Config} holds no search ({error.Message}); bring it back, or begin another search.", error);
        }
    }

    /// <summary>Says what is searched on, so that a search that is stopped goes on with the same.</summary>
    public void Begin(SearchConfig config) => DurableFiles.Write(Config, stream => JsonSerializer.Serialize(stream, config, SearchJson.Default.SearchConfig));

    /// <summary>Takes back a search of which no run has begun.</summary>
    public void Forget() => File.Delete(Config);

    /// <summary>Lays down what was found.</summary>
    public void Save(SearchReport report) =>
        DurableFiles.Write(System.IO.Path.Combine(Path, ReportName), stream => JsonSerializer.Serialize(stream, report, SearchJson.Default.SearchReport));

    /// <summary>Lets others in.</summary>
    public void Dispose() => held.Dispose();
}

/// <summary>What a search trains all its runs on.</summary>
/// <param name="Pin">Names its pin at the dataset's root.</param>
/// <param name="Data">The generation.</param>
internal sealed record SearchConfig(string Pin, RunSource Data);

/// <summary>The files of a search.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, AllowDuplicateProperties = false, MaxDepth = 16)]
[JsonSerializable(typeof(SearchConfig))]
[JsonSerializable(typeof(SearchReport))]
internal sealed partial class SearchJson : JsonSerializerContext;
