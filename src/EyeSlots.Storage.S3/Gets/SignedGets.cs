using System.Globalization;
using System.Net;

namespace EyeSlots.Storage.S3.Gets;

/// <summary>
/// GETs past the SDK's pipeline, which takes several times the processor time of the transfer itself: one request and one signature over the
/// same handler, with the SDK's credentials and addresses. What is rare goes the SDK's way.
/// </summary>
internal sealed class SignedGets(S3Connection s3, S3Keys keys)
{
    private readonly SdkGets sdk = new(s3, keys);
    private volatile GetTarget? known;
    private volatile SigningMoment? moment;

    /// <summary>Asks once.</summary>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">The server refused.</exception>
    public async ValueTask<GetAnswer> SendAsync(S3Get get, CancellationToken cancellation)
    {
        var client = await s3.ClientAsync(keys.Bucket, cancellation).ConfigureAwait(false);
        var target = known is { } last && last.Client == client ? last : known = new(client, keys.Bucket);
        if (!target.IsUsual) return await sdk.SendAsync(get, cancellation).ConfigureAwait(false);

        using var request = await RequestAsync(target, get, cancellation).ConfigureAwait(false);
        var answer = await AskAsync(request, cancellation).ConfigureAwait(false);
        if (answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent) return Take(answer);
        using (answer)
        {
            if (answer.StatusCode == HttpStatusCode.RedirectKeepVerb && !answer.Headers.NonValidated.Contains("x-amz-bucket-region"))
                return await sdk.SendAsync(get, cancellation).ConfigureAwait(false);
            var refusal = await GetRefusal.ReadAsync(answer, cancellation).ConfigureAwait(false);
            if (S3Faults.IsClock(refusal)) s3.Clock.Learn(refusal.Date);
            throw refusal;
        }
    }

    private async ValueTask<HttpRequestMessage> RequestAsync(GetTarget target, S3Get get, CancellationToken cancellation)
    {
        var path = target.PathOf(keys.Full(get.Key));
        var request = new HttpRequestMessage(HttpMethod.Get, target.At(path));
        if (get.IfMatch is { } version && version.All(char.IsAscii)) request.Headers.TryAddWithoutValidation("If-Match", version);
        if (get.Range is { } range) request.Headers.TryAddWithoutValidation("Range", string.Create(CultureInfo.InvariantCulture, $"bytes={range.Offset}-{range.Last}"));

        var found = await s3.CredentialsAsync(cancellation).ConfigureAwait(false);
        var signer = await found.Aws.GetCredentialsAsync().ConfigureAwait(false);
        var now = s3.Clock.Now;
        var second = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), now.Offset);
        var common = moment;
        if (common is null || !common.Is(target, signer, second)) moment = common = new(target, signer, second, Further());
        common.Sign(request.Headers, path);
        return request;
    }

    private async ValueTask<HttpResponseMessage> AskAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            return await s3.Gets.SendAsync(request, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException("no connection in time", error);
        }
    }

    private IEnumerable<KeyValuePair<string, string>> Further()
    {
        if (s3.Settings.IsAws) yield return new(ContentChecksum.ModeHeader, ContentChecksum.ModeValue);
        if (s3.Settings.RequesterPays) yield return new("x-amz-request-payer", "requester");
    }

    private GetAnswer Take(HttpResponseMessage answer)
    {
        try
        {
            return Read(answer);
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    private GetAnswer Read(HttpResponseMessage answer)
    {
        var headers = answer.Content.Headers;
        var etag = answer.Headers.NonValidated.TryGetValues("ETag", out var tag) ? tag.ToString() : null;
        var version = S3Version.Of(etag, string.IsNullOrEmpty(etag) ? headers.LastModified?.UtcDateTime : null);
        var length = headers.ContentLength ?? throw new IOException("the answer does not say how long it is");
        var isPart = answer.StatusCode == HttpStatusCode.PartialContent;
        return new(answer, answer.Content.ReadAsStream(), length, version)
        {
            Range = !isPart ? null : headers.NonValidated.TryGetValues("Content-Range", out var range) ? range.ToString() : "",
            Checksum = isPart || !s3.Settings.IsAws ? null : ContentChecksum.Of(answer.Headers),
        };
    }
}
