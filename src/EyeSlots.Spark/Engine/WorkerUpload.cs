using EyeSlots.Core;
using EyeSlots.Spark.Connect;
using EyeSlots.Spark.Contract;

namespace EyeSlots.Spark.Engine;

/// <summary>
/// What travels to the executors of a session: the program at once, the library, two thirds of all, where one of them lacks it. Spark hands
/// each file to the tasks of all queries that follow.
/// </summary>
internal sealed class WorkerUpload(SparkSession session, PackedWorker worker) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly HashSet<string> sent = new(StringComparer.Ordinal);
    private Task? library;

    /// <summary>Whether there is a library that executors may have, or lack.</summary>
    public bool HasLibrary => worker.Library is not null;

    /// <summary>Sends the program, and credentials if there are any.</summary>
    public async Task SendProgramAsync(RemoteCredentials? credentials, CancellationToken cancellation)
    {
        await foreach (var (name, content) in worker.FilesAsync(static name => !IsOfLibrary(name), cancellation).ConfigureAwait(false))
            await SendAsync(name, content, cancellation).ConfigureAwait(false);
        if (credentials is null) return;
        var (file, key) = credentials.Seal();
        await SendAsync(SessionSettings.SealedCredentials, file, cancellation).ConfigureAwait(false);
        await session.Conf.SetAsync(SessionSettings.CredentialsKey, key, cancellation).ConfigureAwait(false);
    }

    /// <summary>Sends what is missing of the library, once for all who ask. Only after the program, and what went with it, has been sent.</summary>
    public Task SendLibraryAsync(CancellationToken cancellation)
    {
        lock (gate) return library ??= SendLibraryAsync(Task.FromResult(false), cancellation);
    }

    /// <summary>Sends the library part by part, until it is known that executors have it.</summary>
    /// <param name="isThere">Whether they have it.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task SendLibraryAsync(Task<bool> isThere, CancellationToken cancellation)
    {
        await foreach (var (name, content) in worker.FilesAsync(name => IsOfLibrary(name) && !sent.Contains(name), cancellation).ConfigureAwait(false))
        {
            if (isThere.IsCompleted && await isThere.ConfigureAwait(false)) return;
            await SendAsync(name, content, cancellation).ConfigureAwait(false);
            sent.Add(name);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => worker.DisposeAsync();

    private static bool IsOfLibrary(string name) => LibraryParts.LibraryOf(name) is not null;

    private Task SendAsync(string name, byte[] content, CancellationToken cancellation) => session.AddArtifactAsync("files/" + name, content, cancellation);
}
