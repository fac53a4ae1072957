using System.Formats.Tar;
using System.Runtime.CompilerServices;
using EyeSlots.Core;
using EyeSlots.Spark.Contract;

namespace EyeSlots.Spark.Engine;

/// <summary>
/// The worker's files, which <c>build/pack-worker.sh</c> packed into one. They travel one by one: a whole archive Spark would unpack on
/// one core, first on the driver and then on each executor. Not for several threads.
/// </summary>
internal sealed class PackedWorker : IAsyncDisposable
{
    private readonly FileStream file;

    private PackedWorker(FileStream file) => this.file = file;

    /// <summary>The library of which parts are among the files, with its hash; null where there is none.</summary>
    public string? Library { get; private init; }

    /// <summary>Opens the archive.</summary>
    /// <exception cref="EyeSlotsException">It cannot be read: spark-failed.</exception>
    public static PackedWorker Open(string path)
    {
        FileStream? file = null;
        try
        {
            file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: false);
            return new(file) { Library = Names(file).Select(LibraryParts.LibraryOf).FirstOrDefault(library => library is not null) };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            file?.Dispose();
            throw Unreadable(error);
        }
    }

    /// <summary>Some of its files, each whole in memory.</summary>
    /// <param name="isWanted">Chooses them by their names.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="EyeSlotsException">It is no archive of files: spark-failed.</exception>
    public async IAsyncEnumerable<(string Name, byte[] Content)> FilesAsync(Func<string, bool> isWanted, [EnumeratorCancellation] CancellationToken cancellation)
    {
        file.Position = 0;
        await using var tar = new TarReader(file, leaveOpen: true);
        while (await NextAsync(tar, isWanted, cancellation).ConfigureAwait(false) is { } next) yield return next;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => file.DisposeAsync();

    private static IEnumerable<string> Names(FileStream file)
    {
        using var tar = new TarReader(file, leaveOpen: true);
        while (tar.GetNextEntry() is { } entry) yield return entry.Name;
    }

    private static async Task<(string Name, byte[] Content)?> NextAsync(TarReader tar, Func<string, bool> isWanted, CancellationToken cancellation)
    {
        try
        {
            TarEntry? entry;
            do entry = await tar.GetNextEntryAsync(copyData: false, cancellation).ConfigureAwait(false);
            while (entry is not null && !isWanted(entry.Name));
            if (entry is null) return null;
            var content = new byte[entry.Length];
            if (entry.DataStream is { } data) await data.ReadExactlyAsync(content, cancellation).ConfigureAwait(false);
            return (entry.Name, content);
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            throw Unreadable(error);
        }
    }

    private static EyeSlotsException Unreadable(Exception error) => new(
        ErrorCodes.SparkFailed, $"The packed worker cannot be read: {error.Message} './eyeslots' builds it when a command first needs it.", error);
}
