using EyeSlots.Core;
using EyeSlots.Core.Storage;

namespace EyeSlots.Training.Runs;

/// <summary>The folder of one run, held by this process alone, and where in it everything lies.</summary>
internal sealed class RunFolder : IDisposable
{
    /// <summary>The file that makes a folder the folder of a run.</summary>
    public const string ConfigName = "config.json";

    private readonly ProcessLock held;

    private RunFolder(string path, ProcessLock held) => (Path, this.held) = (path, held);

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>Every option, and what else it takes to repeat the run.</summary>
    public string Config => ConfigOf(Path);

    /// <summary>A line for each epoch.</summary>
    public string Metrics => MetricsOf(Path);

    /// <summary>The floors, fitted on the training lists.</summary>
    public string Floors => FloorsOf(Path);

    /// <summary>What training and validation share.</summary>
    public string Leaks => At("leaks.json");

    /// <summary>Hashes of the paths of the images that the run trains on.</summary>
    public string TrainedPaths => At(Runs.TrainedPaths.FileName);

    /// <summary>The last two checkpoints.</summary>
    public string Checkpoints => At("checkpoints");

    /// <summary>The best epoch's model.</summary>
    public string Best => BestOf(Path);

    /// <summary>Whether a run has begun here.</summary>
    public bool HoldsRun => File.Exists(Config);

    /// <summary>Where the configuration of a run's folder lies.</summary>
    public static string ConfigOf(string run) => System.IO.Path.Combine(run, ConfigName);

    /// <summary>Where the lines of a run's epochs lie.</summary>
    public static string MetricsOf(string run) => System.IO.Path.Combine(run, "metrics.jsonl");

    /// <summary>The file that makes a folder that of a search, with a run's folder for each of its runs.</summary>
    public static string SearchOf(string folder) => System.IO.Path.Combine(folder, "search-config.json");

    /// <summary>Where the floors of a run's folder lie.</summary>
    public static string FloorsOf(string run) => System.IO.Path.Combine(run, "floors.json");

    /// <summary>Where what evaluations found lies in a run's folder.</summary>
    public static string EvaluationsOf(string run) => System.IO.Path.Combine(run, "evaluations");

    /// <summary>Where the best model of a run's folder lies.</summary>
    public static string BestOf(string run) => System.IO.Path.Combine(run, "best");

    /// <summary>Opens the folder, made where it is not there, for this process alone.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="resume">Whether a run may be there already.</param>
    /// <exception cref="EyeSlotsException">run-busy: another process works in it; run-exists: it holds a run, and none is to be resumed.</exception>
    public static RunFolder Open(string path, bool resume)
    {
        Directory.CreateDirectory(path);
        var folder = new RunFolder(path, Lock(path));
        if (File.Exists(SearchOf(path))) throw folder.Refused("a search: go on with it by --search --resume");
        if (folder.HoldsRun && !resume) throw folder.Refused("a run already; go on with it by --resume");

        Directory.CreateDirectory(folder.Checkpoints);
        DurableFolder.Restore(folder.Best);
        return folder;
    }

    /// <summary>Takes a folder for this process alone.</summary>
    /// <param name="path">The folder; it is there.</param>
    /// <exception cref="EyeSlotsException">run-busy: another process works in it.</exception>
    public static ProcessLock Lock(string path) => ProcessLock.TryTake(System.IO.Path.Combine(path, "lock"), out var holder) ??
        throw new EyeSlotsException(ErrorCodes.RunBusy, $"{path} is in use by {holder}; wait for its end, stop it, or name another folder.");

    /// <summary>Lets others in.</summary>
    public void Dispose() => held.Dispose();

    private EyeSlotsException Refused(string what)
    {
        Dispose();
        return new(ErrorCodes.RunExists, $"{Path} holds {what}, or name another folder.");
    }

    private string At(string name) => System.IO.Path.Combine(Path, name);
}
