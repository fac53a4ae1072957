using Amazon.Runtime;
using Amazon.S3.Model;

namespace EyeSlots.Storage.S3;

/// <summary>An object's content, forward only. After a broken connection it goes on where it was, bound to the same version.</summary>
internal sealed class S3Stream(S3Connection s3, S3Keys keys, string key) : Stream
{
    private GetObjectResponse? body;
    private ObjectStat? opened;
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    /// <summary>Opens the object now, so that a missing one is said at once.</summary>
    public async Task<Stream> OpenAsync(CancellationToken cancellation)
    {
        await s3.Retries.RunAsync("open", keys.At(key), ConnectAsync, cancellation).ConfigureAwait(false);
        return this;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> room, CancellationToken cancellation = default) =>
        room.Length == 0 || position == opened?.Size ? new(0) : s3.Retries.RunAsync("read", keys.At(key), attempt => TryAsync(room, attempt), cancellation);

    public override Task<int> ReadAsync(byte[] array, int offset, int count, CancellationToken cancellation) =>
        ReadAsync(array.AsMemory(offset, count), cancellation).AsTask();

    public override int Read(byte[] array, int offset, int count) =>
        ReadAsync(array.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] array, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) Drop();
        base.Dispose(disposing);
    }

    private async Task<int> TryAsync(Memory<byte> room, S3Attempt attempt)
    {
        try
        {
            if (body is null) await ConnectAsync(attempt).ConfigureAwait(false);
            var count = await body!.ResponseStream.ReadAsync(room, attempt.Token).ConfigureAwait(false);
            if (count == 0) throw new EndOfStreamException("the body is shorter than announced");
            position += count;
            return count;
        }
        catch (Exception error)
        {
            var connected = body is not null;
            Drop();
            if (connected && error is AmazonClientException) throw new IOException("the body does not match its checksum", error);
            throw;
        }
    }

    private async Task<bool> ConnectAsync(S3Attempt attempt)
    {
        var request = new GetObjectRequest { BucketName = keys.Bucket, Key = keys.Full(key), RequestPayer = s3.Payer };
        if (position > 0) request.ByteRange = new($"bytes={position}-");
        if (opened is { } bound) request.EtagToMatch = S3Version.IfMatch(bound.Version);
        var client = await s3.ClientAsync(keys.Bucket, attempt.Token).ConfigureAwait(false);
        body = await client.GetObjectAsync(request, attempt.Token).ConfigureAwait(false);

        var version = S3Version.Of(body.ETag, body.LastModified);
        var now = new ObjectStat(key, position + body.ContentLength, version, S3Version.At(body.LastModified));
        if (opened is { } before && before != now) throw new StorageException($"{keys.At(key)} changed while it was read; run again.");
        opened = now;
        return true;
    }

    private void Drop()
    {
        body?.Dispose();
        body = null;
    }
}
