using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Storage;
using EyeSlots.Storage.S3;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Console;

/// <summary>What a command works with: its line, the terminal, the stores, the clock and the logs.</summary>
public sealed class Session : IDisposable
{
    private const string ProgressVariable = "EYESLOTS_PROGRESS";
    private readonly Lazy<ILoggerFactory> logs;
    private readonly Lazy<ObjectStoreFactory> stores;
    private readonly LogFileFaults faults;
    private readonly Func<bool> isTerminated;

    /// <summary>Begins one.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="isTerminated">Whether another program ended this one, by SIGTERM.</param>
    internal Session(ParseResult line, Func<bool> isTerminated)
    {
        (Line, this.isTerminated) = (line, isTerminated);
        Terminal = new();
        AsJson = line.GetValue(CommonOptions.Json);
        stores = new(() => StoreOptions.Open(line, Log));
        var file = line.GetValue(CommonOptions.LogFile);
        faults = new(file, Warn);
        logs = new(() => Logs.Create(line.GetValue(CommonOptions.LogLevel)!, file, faults));

        // A file that was asked for is there even when nothing is logged, and what is wrong with it is said first.
        if (file is not null) _ = logs.Value;
    }

    /// <summary>The command line that runs.</summary>
    public ParseResult Line { get; }

    /// <summary>Where text goes.</summary>
    public Terminal Terminal { get; }

    /// <summary>Whether somebody is there who can be asked. Who ends a program by SIGTERM, as a shutdown does, answers no question.</summary>
    public bool CanAsk => Terminal.CanAsk && !isTerminated();

    /// <summary>One object on stdout, nothing else.</summary>
    public bool AsJson { get; }

    /// <summary>Whether nothing is said of what happens. The machines of a cluster ask for lines beside the object of <c>--json</c>: they read both.</summary>
    public bool IsQuiet => AsJson && Environment.GetEnvironmentVariable(ProgressVariable) != "lines";

    /// <summary>What opens folders and buckets.</summary>
    /// <exception cref="EyeSlotsException">The settings of the stores are wrong.</exception>
    public ObjectStoreFactory Stores => stores.Value;

    /// <summary>The clock.</summary>
    public TimeProvider Time => TimeProvider.System;

    /// <summary>Where everything of note goes.</summary>
    public ILogger Log => logs.Value.CreateLogger("eyeslots");

    /// <summary>Opens a folder or an S3 prefix.</summary>
    public IObjectStore Open(string root) => Stores.Open(StorageAddress.Parse(root));

    /// <summary>Loads the generation that <c>--out</c>, <c>--dataset</c> and <c>--generation</c> name.</summary>
    public static Task<Manifest> LoadAsync(IObjectStore root, string dataset, int? generation, CancellationToken cancellation)
    {
        if (generation is { } asked) Require.Between("A generation", asked, 1, int.MaxValue);
        return new ManifestStore(root).LoadAsync(AnnotationList.CheckName(dataset, "dataset"), generation, cancellation);
    }

    /// <summary>Prints a result: one JSON object, or what the action shows.</summary>
    public int Show<T>(T result, JsonTypeInfo<T> json, Action show, int exitCode = 0)
    {
        if (AsJson) Terminal.Out.WriteLine(JsonSerializer.Serialize(result, json));
        else show();
        return exitCode;
    }

    /// <summary>A line of what happens, on stderr.</summary>
    public void Say(string text)
    {
        if (!IsQuiet) Lines.Write(Terminal.Messages, $"[grey]{Terminal.Safe(text)}[/]");
    }

    /// <summary>What the user should know, on stderr, even with <c>--json</c>.</summary>
    public void Warn(string text) => Lines.Write(Terminal.Messages, $"[yellow]warning[/] {Terminal.Safe(text)}");

    /// <summary>Logs what ended the command, with its stack: on a screen only where somebody looks for it.</summary>
    internal void LogFailure(Exception error) => Log.LogDebug(error, "The command failed.");

    /// <summary>Ends the stores' connections and writes out the logs.</summary>
    public void Dispose()
    {
        if (stores.IsValueCreated) stores.Value.Dispose();
        try
        {
            if (logs.IsValueCreated) logs.Value.Dispose();
        }
        catch (IOException error)
        {
            faults.Tell(error);
        }
    }
}
