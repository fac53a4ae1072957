using EyeSlots.Core.Storage;

namespace EyeSlots.Tests.Tools;

/// <summary>Passes every call on; a test overrides the one it disturbs or watches.</summary>
internal class WrappedStore(IObjectStore inner) : IObjectStore
{
    public StorageAddress Address => inner.Address;

    public virtual bool PrefersListing => inner.PrefersListing;

    public virtual int ReadsAtOnce => inner.ReadsAtOnce;

    public virtual bool AnswersAtOnce => inner.AnswersAtOnce;

    public virtual bool ListsRanges => inner.ListsRanges;

    public virtual IAsyncEnumerable<IReadOnlyList<ObjectStat>> ListRangeAsync(KeyRange range, int mostKeys = KeyRange.PageKeys, CancellationToken cancellation = default) =>
        inner.ListRangeAsync(range, mostKeys, cancellation);

    public virtual ValueTask<ObjectStat?> StatAsync(string key, CancellationToken cancellation = default) => inner.StatAsync(key, cancellation);

    public virtual bool MayHaveFolder(string folder) => inner.MayHaveFolder(folder);

    public virtual ValueTask<string?> FindLinkOutAsync(string prefix, CancellationToken cancellation = default) => inner.FindLinkOutAsync(prefix, cancellation);

    public virtual IAsyncEnumerable<ObjectStat> ListAsync(string prefix, CancellationToken cancellation = default) => inner.ListAsync(prefix, cancellation);

    public virtual ValueTask<ReadOutcome> ReadAsync(
        string key, ObjectStat? expected, ByteBuffer buffer, long maxBytes, CancellationToken cancellation = default) =>
        inner.ReadAsync(key, expected, buffer, maxBytes, cancellation);

    public virtual ValueTask<ReadOutcome> ReadStartAsync(string key, ObjectStat expected, ByteBuffer buffer, int bytes, CancellationToken cancellation = default) =>
        inner.ReadStartAsync(key, expected, buffer, bytes, cancellation);

    public virtual ValueTask<ReadOutcome> ReadRestAsync(string key, ObjectStat expected, ByteBuffer buffer, CancellationToken cancellation = default) =>
        inner.ReadRestAsync(key, expected, buffer, cancellation);

    public virtual ValueTask<bool> ReadPartAsync(string key, long offset, Memory<byte> part, CancellationToken cancellation = default) =>
        inner.ReadPartAsync(key, offset, part, cancellation);

    public virtual Task<Stream> OpenAsync(string key, CancellationToken cancellation = default) => inner.OpenAsync(key, cancellation);

    public virtual Task<bool> PublishAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellation = default) =>
        inner.PublishAsync(key, content, cancellation);

    public virtual Task<bool> ReplaceAsync(string key, ObjectStat seen, ReadOnlyMemory<byte> content, CancellationToken cancellation = default) =>
        inner.ReplaceAsync(key, seen, content, cancellation);

    public virtual Task DeleteAsync(string key, CancellationToken cancellation = default) => inner.DeleteAsync(key, cancellation);
}
