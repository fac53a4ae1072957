using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EyeSlots.Core;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Storage;
using EyeSlots.Storage.S3;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Cli;

/// <summary>What a command works with: the terminal, the stores, the clock and the logs. The composition root.</summary>
internal sealed class Session : IDisposable
{
    private readonly Lazy<ILoggerFactory> logs;
    private readonly ObjectStoreFactory stores;

    private Session(ParseResult parsed)
    {
        Terminal = new();
        AsJson = parsed.GetValue(CommonOptions.Json);
        logs = new(() => Logs.Create(parsed.GetValue(CommonOptions.LogLevel)!, parsed.GetValue(CommonOptions.LogFile)));
        S3 = S3Settings.FromEnvironment(
            parsed.GetValue(CommonOptions.S3Endpoint), parsed.GetValue(CommonOptions.S3Profile), parsed.GetValue(CommonOptions.S3Region));
        stores = new(S3);
    }

    public Terminal Terminal { get; }

    /// <summary>One object on stdout, nothing else.</summary>
    public bool AsJson { get; }

    /// <summary>Where S3 is.</summary>
    public S3Settings S3 { get; }

    public IObjectStoreFactory Stores => stores;

    public TimeProvider Time => TimeProvider.System;

    public ILogger Log => logs.Value.CreateLogger("eyeslots");

    /// <summary>Gives a command its action, run in a session of its own.</summary>
    public static Command Runs(Command command, Func<ParseResult, Session, CancellationToken, Task<int>> action)
    {
        command.SetAction(async (parsed, cancellation) =>
        {
            using var session = new Session(parsed);
            return await Failure.GuardAsync(session, () => action(parsed, session, cancellation), cancellation);
        });
        return command;
    }

    /// <summary>Opens a folder or an S3 prefix.</summary>
    public IObjectStore Open(string root) => stores.Open(StorageAddress.Parse(root));

    /// <summary>Loads the generation that <c>--out</c>, <c>--dataset</c> and <c>--generation</c> name.</summary>
    public static Task<Manifest> LoadAsync(IObjectStore root, string dataset, int? generation, CancellationToken cancellation) =>
        new ManifestStore(root).LoadAsync(Core.Annotations.AnnotationList.CheckName(dataset, "dataset"), generation, cancellation);

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
        if (!AsJson) Lines.Write(Terminal.Messages, $"[grey]{Terminal.Safe(text)}[/]");
    }

    public void LogFailure(Exception error)
    {
        if (error is EyeSlotsException) Log.LogDebug(error, "The command failed.");
        else Log.LogError(error, "The command failed.");
    }

    public void Dispose()
    {
        stores.Dispose();
        if (logs.IsValueCreated) logs.Value.Dispose();
    }
}
