using Amazon.Runtime;
using Amazon.S3.Model;
using Microsoft.Win32.SafeHandles;

namespace EyeSlots.Storage.S3;

/// <summary>
/// Sends a file of any size in parts, of which several are under way and each is tried again by itself. The object appears whole, with its
/// last part; parts of an upload that was killed are the bucket's to clean up (a lifecycle rule).
/// </summary>
internal sealed class S3Upload(S3Connection s3, S3Keys keys)
{
    private const int PartBytes = 16 << 20, PartsAtOnce = 4;

    /// <summary>Sends the file.</summary>
    public async Task SendAsync(string key, string path, IProgress<long>? sent, CancellationToken cancellation)
    {
        S3Keys.Require(key);
        using var file = File.OpenHandle(path, options: FileOptions.Asynchronous);
        var length = RandomAccess.GetLength(file);
        var upload = await CallAsync(key, (client, attempt) => client.InitiateMultipartUploadAsync(
            new InitiateMultipartUploadRequest { BucketName = keys.Bucket, Key = keys.Full(key), RequestPayer = s3.Payer }, attempt.Token), cancellation).ConfigureAwait(false);
        try
        {
            var parts = new PartETag[(int)Math.Max(1, (length + PartBytes - 1) / PartBytes)];
            var options = new ParallelOptions { MaxDegreeOfParallelism = PartsAtOnce, CancellationToken = cancellation };
            await Parallel.ForEachAsync(Enumerable.Range(0, parts.Length), options, async (part, token) =>
            {
                parts[part] = await SendPartAsync(key, upload.UploadId, file, part, token).ConfigureAwait(false);
                sent?.Report(Math.Min(PartBytes, length - ((long)part * PartBytes)));
            }).ConfigureAwait(false);
            await CompleteAsync(key, upload.UploadId, parts, cancellation).ConfigureAwait(false);
        }
        catch
        {
            await AbortAsync(key, upload.UploadId).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<PartETag> SendPartAsync(string key, string upload, SafeFileHandle file, int part, CancellationToken cancellation)
    {
        var offset = (long)part * PartBytes;
        var bytes = new byte[(int)Math.Min(PartBytes, Math.Max(0, RandomAccess.GetLength(file) - offset))];
        for (var read = 0; read < bytes.Length;)
        {
            var count = await RandomAccess.ReadAsync(file, bytes.AsMemory(read), offset + read, cancellation).ConfigureAwait(false);
            if (count == 0) throw new StorageException($"The file for {keys.At(key)} became shorter while it was sent; run again.");
            read += count;
        }

        var answer = await CallAsync(key, (client, attempt) => client.UploadPartAsync(
            new UploadPartRequest
            {
                BucketName = keys.Bucket, Key = keys.Full(key), UploadId = upload, PartNumber = part + 1, PartSize = bytes.Length, InputStream = new MemoryStream(bytes), RequestPayer = s3.Payer,
            },
            attempt.Token), cancellation, bytes.Length).ConfigureAwait(false);
        return new(part + 1, answer.ETag);
    }

    // An answer that was lost leaves no upload to complete a second time, and a whole object.
    private Task CompleteAsync(string key, string upload, PartETag[] parts, CancellationToken cancellation) => CallAsync(key, async (client, attempt) =>
    {
        try
        {
            var request = new CompleteMultipartUploadRequest { BucketName = keys.Bucket, Key = keys.Full(key), UploadId = upload, PartETags = [.. parts], RequestPayer = s3.Payer };
            await client.CompleteMultipartUploadAsync(request, attempt.Token).ConfigureAwait(false);
        }
        catch (AmazonServiceException error) when (attempt.Number > 1 && error.ErrorCode == "NoSuchUpload")
        {
            await client.GetObjectMetadataAsync(new() { BucketName = keys.Bucket, Key = keys.Full(key), RequestPayer = s3.Payer }, attempt.Token).ConfigureAwait(false);
        }

        return true;
    }, cancellation);

    private async Task AbortAsync(string key, string upload)
    {
        using var limit = new CancellationTokenSource(CleanUp.Limit);
        try
        {
            await CallAsync(key, (client, attempt) => client.AbortMultipartUploadAsync(
                new AbortMultipartUploadRequest { BucketName = keys.Bucket, Key = keys.Full(key), UploadId = upload, RequestPayer = s3.Payer }, attempt.Token), limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is StorageException or OperationCanceledException)
        {
            // The bucket's lifecycle rule takes the parts away; why the upload failed matters more.
        }
    }

    private async Task<T> CallAsync<T>(string key, Func<Amazon.S3.AmazonS3Client, S3Attempt, Task<T>> call, CancellationToken cancellation, int sent = 0) =>
        await s3.Retries.RunAsync("upload", keys.At(key), async attempt =>
            await call(await s3.ClientAsync(keys.Bucket, attempt.Token).ConfigureAwait(false), attempt).ConfigureAwait(false), cancellation, sent).ConfigureAwait(false);
}
