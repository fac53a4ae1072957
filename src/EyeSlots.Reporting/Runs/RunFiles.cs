using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EyeSlots.Core.Storage;

namespace EyeSlots.Reporting.Runs;

/// <summary>The files of a run's folder, which may be anybody's: bounded in size, read strictly, and named where they are damaged.</summary>
/// <param name="folder">The folder.</param>
internal sealed class RunFiles(IObjectStore folder)
{
    /// <summary>Most bytes of a file of JSON: a thousand times what a run writes.</summary>
    private const long MostBytes = 16 << 20;

    /// <summary>A file whole; null where it is not there.</summary>
    /// <exception cref="EyeSlotsException">checkpoint-damaged: it is larger than any such file, a link out of the folder, or changes.</exception>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancellation)
    {
        var buffer = new ByteBuffer();
        return await folder.ReadAsync(name, null, buffer, MostBytes, cancellation).ConfigureAwait(false) switch
        {
            ReadOutcome.Read => buffer.Memory,
            ReadOutcome.Missing => default(ReadOnlyMemory<byte>?), // a plain null would be no bytes
            ReadOutcome.TooLarge => throw Damaged(name, $"it has more than {Quantity.Bytes(MostBytes)}"),
            ReadOutcome.OutsideRoot => throw Damaged(name, "it is a link that leads out of the folder"),
            _ => throw Damaged(name, "it changes while it is read"),
        };
    }

    /// <summary>A file of one object; null where it is not there.</summary>
    /// <exception cref="EyeSlotsException">checkpoint-damaged: the file, the field, and what is wrong with it.</exception>
    public async Task<T?> ReadAsync<T>(string name, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class => await ReadAsync(name, cancellation).ConfigureAwait(false) is { } bytes ? Parse(name, bytes.Span, type) : null;

    /// <summary>An object of a file.</summary>
    /// <exception cref="EyeSlotsException">checkpoint-damaged: the file, the field, and what is wrong with it.</exception>
    public T Parse<T>(string name, ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new JsonException("it is null");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw Damaged(name, error.Message.TrimEnd('.'), error);
        }
    }

    /// <summary>Opens a file to be read from its beginning to its end; null where it is not there.</summary>
    /// <param name="name">The file.</param>
    /// <param name="mostBytes">Of a file that is not refused.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<Stream?> OpenAsync(string name, long mostBytes, CancellationToken cancellation)
    {
        if (await folder.StatAsync(name, cancellation).ConfigureAwait(false) is not { } stat) return null;
        if (stat.Size > mostBytes) throw Damaged(name, $"it has more than {Quantity.Bytes(mostBytes)}");
        return stat.LeavesRoot ? throw Damaged(name, "it is a link that leads out of the folder") : await folder.OpenAsync(name, cancellation).ConfigureAwait(false);
    }

    /// <summary>The names of the files below a part of the folder that end so, in order.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string prefix, string end, CancellationToken cancellation)
    {
        List<string> names = [];
        await foreach (var file in folder.ListAsync(prefix, cancellation).ConfigureAwait(false))
        {
            if (file.Key.EndsWith(end, StringComparison.Ordinal)) names.Add(file.Key);
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    /// <summary>The error of a file in which something is off.</summary>
    public EyeSlotsException Damaged(string name, string why, Exception? cause = null) =>
        new(ErrorCodes.CheckpointDamaged, $"{folder.Address}/{name} is no file of a run: {why}.", cause);
}
