using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using EyeSlots.Core.Storage;

namespace EyeSlots.Tests.Tools;

/// <summary>Objects in memory whose versions the test chooses: for plans, of which hundreds are made.</summary>
internal sealed class MemoryStore(string address) : IObjectStore
{
    private readonly ConcurrentDictionary<string, (byte[] Content, string Version)> objects = new(StringComparer.Ordinal);
    private int written;

    public StorageAddress Address { get; } = StorageAddress.Parse(address);

    public bool PrefersListing { get; init; } = true;

    public bool ListsRanges { get; init; } = true;

    public int ReadsAtOnce { get; init; } = 1;

    public bool AnswersAtOnce { get; init; } = true;

    /// <summary>When everything was written.</summary>
    public DateTimeOffset Written { get; init; } = DateTimeOffset.UnixEpoch;

    public void Put(string key, byte[] content, string version = "1") => objects[key] = (content, version);

    public void Remove(string key) => objects.TryRemove(key, out _);

    public ValueTask<ObjectStat?> StatAsync(string key, CancellationToken cancellation = default) =>
        new(objects.TryGetValue(key, out var found) ? Describe(key, found) : null);

    public async IAsyncEnumerable<ObjectStat> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.CompletedTask;
        foreach (var (key, found) in objects)
        {
            if (key.StartsWith(prefix, StringComparison.Ordinal)) yield return Describe(key, found);
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<ObjectStat>> ListRangeAsync(
        KeyRange range, int mostKeys = KeyRange.PageKeys, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.CompletedTask;
        var inside = objects.Where(file => KeyOrder.Compare(file.Key, range.After) > 0 && !range.IsBefore(file.Key)).ToList();
        inside.Sort((left, right) => KeyOrder.Compare(left.Key, right.Key));
        for (var (at, most) = (0, mostKeys); at < inside.Count; (at, most) = (at + most, KeyRange.PageKeys))
        {
            yield return [.. inside.Skip(at).Take(most).Select(file => Describe(file.Key, file.Value))];
        }
    }

    public ValueTask<ReadOutcome> ReadAsync(string key, ObjectStat? expected, ByteBuffer buffer, long maxBytes, CancellationToken cancellation = default)
    {
        if (!objects.TryGetValue(key, out var found)) return new(ReadOutcome.Missing);
        if (expected is { } planned && (planned.Version != found.Version || planned.Size != found.Content.Length)) return new(ReadOutcome.Changed);
        if (found.Content.Length > maxBytes) return new(ReadOutcome.TooLarge);
        buffer.Reset(found.Content.Length);
        found.Content.CopyTo(buffer.Span);
        return new(ReadOutcome.Read);
    }

    public async ValueTask<ReadOutcome> ReadStartAsync(string key, ObjectStat expected, ByteBuffer buffer, int bytes, CancellationToken cancellation = default)
    {
        var outcome = await ReadAsync(key, expected, buffer, expected.Size, cancellation);
        if (outcome == ReadOutcome.Read && bytes < buffer.Length) buffer.Reset(bytes);
        return outcome;
    }

    public ValueTask<ReadOutcome> ReadRestAsync(string key, ObjectStat expected, ByteBuffer buffer, CancellationToken cancellation = default) =>
        ReadAsync(key, expected, buffer, expected.Size, cancellation);

    public ValueTask<bool> ReadPartAsync(string key, long offset, Memory<byte> part, CancellationToken cancellation = default)
    {
        if (!objects.TryGetValue(key, out var found)) return new(false);
        found.Content.AsMemory((int)offset, part.Length).CopyTo(part);
        return new(true);
    }

    public Task<Stream> OpenAsync(string key, CancellationToken cancellation = default) => objects.TryGetValue(key, out var found)
        ? Task.FromResult<Stream>(new MemoryStream(found.Content))
        : throw new StorageException($"There is no {key}.");

    public Task<bool> PublishAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellation = default) =>
        Task.FromResult(objects.TryAdd(key, (content.ToArray(), NewVersion())));

    public Task<bool> ReplaceAsync(string key, ObjectStat seen, ReadOnlyMemory<byte> content, CancellationToken cancellation = default) =>
        Task.FromResult(objects.TryGetValue(key, out var found) && found.Version == seen.Version && objects.TryUpdate(key, (content.ToArray(), NewVersion()), found));

    public Task DeleteAsync(string key, CancellationToken cancellation = default)
    {
        Remove(key);
        return Task.CompletedTask;
    }

    private ObjectStat Describe(string key, (byte[] Content, string Version) found) =>
        new(key, found.Content.Length, found.Version, Written);

    private string NewVersion() => $"written {Interlocked.Increment(ref written)}";
}
