using Polly;
using Polly.Retry;

namespace EyeSlots.Storage.S3;

/// <summary>The one place where calls to S3 are tried again, and where what stays becomes a message for the user.</summary>
internal sealed class S3Retries
{
    private readonly S3Connection s3;
    private readonly S3Patience patience;
    private readonly ResiliencePipeline pipeline;

    public S3Retries(S3Connection s3, S3Patience patience)
    {
        (this.s3, this.patience) = (s3, patience);
        var retry = new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<Exception>(S3Faults.MayPass),
            MaxRetryAttempts = patience.Attempts - 1,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = patience.FirstDelay,
            MaxDelay = patience.LongestDelay,
        };
        pipeline = new ResiliencePipelineBuilder().AddRetry(retry).Build();
    }

    /// <summary>Runs a call until it succeeds, fails for good, or has been tried often enough.</summary>
    /// <param name="what">A verb for messages, such as "read".</param>
    /// <param name="where">The address for messages.</param>
    /// <param name="call">The call; run once for each try.</param>
    /// <param name="cancellation">Ends it at once, whatever else goes on.</param>
    /// <param name="sent">Bytes of body that the call sends.</param>
    /// <exception cref="StorageException">It failed for good; the message says what to do.</exception>
    public async ValueTask<T> RunAsync<T>(
        string what, StorageAddress where, Func<S3Attempt, Task<T>> call, CancellationToken cancellation, int sent = 0)
    {
        var tries = 0;
        try
        {
            return await pipeline.ExecuteAsync(token => TryAsync(where.Bucket!, call, new(++tries, patience.LimitFor(sent), token)), cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not StorageException and not EyeSlotsException { Code: ErrorCodes.Usage })
        {
            cancellation.ThrowIfCancellationRequested();
            throw S3Messages.Explain(s3, what, where, error, tries);
        }
    }

    private async ValueTask<T> TryAsync<T>(string bucket, Func<S3Attempt, Task<T>> call, S3Attempt attempt)
    {
        using (attempt)
        {
            try
            {
                return await FollowAsync(bucket, call, attempt).ConfigureAwait(false);
            }
            catch (Exception error) when (attempt.Token.IsCancellationRequested && error is not TimeoutException)
            {
                // The caller's own cancellation looks the same from here; the pipeline asks for it before it tries again.
                throw new TimeoutException("no answer within the time limit", error);
            }
        }
    }

    /// <summary>Goes once to the region that a refusal names, and once more when the refusal has shown that this machine's clock is off.</summary>
    private async Task<T> FollowAsync<T>(string bucket, Func<S3Attempt, Task<T>> call, S3Attempt attempt)
    {
        try
        {
            return await call(attempt).ConfigureAwait(false);
        }
        catch (Exception error) when (S3Faults.IsClock(error) || s3.Follows(bucket, error))
        {
            return await call(attempt).ConfigureAwait(false);
        }
    }
}
