using System.Formats.Tar;
using System.Runtime.CompilerServices;
using EyeSlots.Core;

namespace EyeSlots.Spark.Engine;

/// <summary>
/// The worker's files, which <c>build/pack-worker.sh</c> packed into one. They travel one by one: a whole archive Spark would unpack on
/// one core, first on the driver and then on each executor.
/// </summary>
internal sealed class PackedWorker : IAsyncDisposable
{
    private readonly FileStream file;

    private PackedWorker(FileStream file) => this.file = file;

    /// <summary>Opens the archive.</summary>
    /// <exception cref="EyeSlotsException">It cannot be read: spark-failed.</exception>
    public static PackedWorker Open(string path)
    {
        try
        {
            return new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: false));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(error);
        }
    }

    /// <summary>Its files, each whole in memory.</summary>
    /// <exception cref="EyeSlotsException">It is no archive of files: spark-failed.</exception>
    public async IAsyncEnumerable<(string Name, byte[] Content)> FilesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var tar = new TarReader(file, leaveOpen: true);
        while (await NextAsync(tar, cancellation).ConfigureAwait(false) is { } next) yield return next;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => file.DisposeAsync();

    private static async Task<(string Name, byte[] Content)?> NextAsync(TarReader tar, CancellationToken cancellation)
    {
        try
        {
            if (await tar.GetNextEntryAsync(copyData: false, cancellation).ConfigureAwait(false) is not { } entry) return null;
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
