using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Mailbox;

/// <summary>How small files are read and written over what is there.</summary>
internal static class MailboxFiles
{
    private const int MostTries = 5;

    /// <summary>The whole of a file, or null where it is not there.</summary>
    /// <exception cref="StorageException">It is larger than a file of its kind is.</exception>
    public static async Task<byte[]?> ReadSmallAsync(this IObjectStore store, string key, int mostBytes, CancellationToken cancellation)
    {
        // What is replaced while it is read comes as one of the two, or as changed.
        for (var tries = 0; ; tries++)
        {
            var buffer = new ByteBuffer();
            var outcome = await store.ReadAsync(key, null, buffer, mostBytes, cancellation).ConfigureAwait(false);
            if (outcome == ReadOutcome.Read) return buffer.Span.ToArray();
            if (outcome == ReadOutcome.Missing) return null;
            if (outcome != ReadOutcome.Changed || tries == MostTries) throw new StorageException($"{store.Address}/{key} cannot be read: it is larger than {mostBytes} bytes, or changes all the time.");
        }
    }

    /// <summary>Writes a file that has one writer, over the one that is there.</summary>
    public static async Task WriteAsync(this IObjectStore store, string key, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        // A machine that takes another's place may find that one's last words between its look and its write.
        for (var tries = 0; tries < MostTries; tries++)
        {
            var seen = await store.StatAsync(key, cancellation).ConfigureAwait(false);
            var written = seen is { } stat
                ? store.ReplaceAsync(key, stat, content, cancellation)
                : store.PublishAsync(key, content, cancellation);
            if (await written.ConfigureAwait(false)) return;
        }

        throw new StorageException($"{store.Address}/{key} cannot be written: somebody else writes it all the time.");
    }

    /// <summary>Reads a file's JSON.</summary>
    /// <exception cref="StorageException">It is damaged.</exception>
    public static T Parse<T>(this IObjectStore store, string key, ReadOnlySpan<byte> file, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(file, type) ?? throw new StorageException($"{store.Address}/{key} is empty.");
        }
        catch (JsonException error)
        {
            throw new StorageException($"{store.Address}/{key} is damaged: {error.Message}", error);
        }
    }
}
