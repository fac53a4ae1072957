using System.Runtime.ExceptionServices;
using Polly;
using Polly.Retry;

namespace EyeSlots.Storage.S3;

/// <summary>The one place where calls to S3 are tried again, and where what stays becomes a message for the user.</summary>
internal sealed class S3Retries : IDisposable
{
    private readonly S3Connection s3;
    private readonly S3Patience patience;
    private readonly AttemptWatch watch;
    private readonly ResiliencePipeline pipeline;

    public S3Retries(S3Connection s3, S3Patience patience)
    {
        (this.s3, this.patience) = (s3, patience);
        watch = new(TimeProvider.System, patience.AttemptLimit);
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
    public ValueTask<T> RunAsync<T>(
        string what, StorageAddress where, Func<S3Attempt, Task<T>> call, CancellationToken cancellation, int sent = 0) =>
        RunAsync(new S3FunctionCall<T>(what, where, call, sent), cancellation);

    /// <summary>Likewise. Nearly all calls succeed at once, so the first try costs no more than its time limit.</summary>
    /// <exception cref="StorageException">It failed for good; the message says what to do.</exception>
    public async ValueTask<T> RunAsync<T>(S3Call<T> call, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Exception failure;
        using (var attempt = watch.Begin(1, patience.LimitFor(call.Sent), cancellation))
        {
            try
            {
                return await call.TryAsync(attempt).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                failure = Meaning(error, attempt);
            }
        }

        return await GoOnAsync(call, failure, cancellation).ConfigureAwait(false);
    }

    private async Task<T> GoOnAsync<T>(S3Call<T> call, Exception failure, CancellationToken cancellation)
    {
        var (tries, first) = (0, (Exception?)failure);
        try
        {
            return await pipeline.ExecuteAsync(token => NextAsync(++tries, Interlocked.Exchange(ref first, null), token), cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not StorageException and not EyeSlotsException { Code: ErrorCodes.Usage })
        {
            cancellation.ThrowIfCancellationRequested();
            throw S3Messages.Explain(s3, call.What, call.Where, error, tries);
        }

        ValueTask<T> NextAsync(int number, Exception? failed, CancellationToken token) =>
            failed is null ? TryAsync(call, number, token) : FollowAsync(call, number, failed, token);
    }

    private async ValueTask<T> TryAsync<T>(S3Call<T> call, int number, CancellationToken cancellation)
    {
        Exception failure;
        try
        {
            return await OnceAsync(call, number, cancellation).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            failure = error;
        }

        return await FollowAsync(call, number, failure, cancellation).ConfigureAwait(false);
    }

    /// <summary>Goes once to the region that a refusal names, and once more when the refusal has shown that this machine's clock is off.</summary>
    private async ValueTask<T> FollowAsync<T>(S3Call<T> call, int number, Exception failure, CancellationToken cancellation)
    {
        if (!S3Faults.IsClock(failure) && !s3.Follows(call.Bucket, failure)) ExceptionDispatchInfo.Throw(failure);
        return await OnceAsync(call, number, cancellation).ConfigureAwait(false);
    }

    private async ValueTask<T> OnceAsync<T>(S3Call<T> call, int number, CancellationToken cancellation)
    {
        using var attempt = watch.Begin(number, patience.LimitFor(call.Sent), cancellation);
        try
        {
            return await call.TryAsync(attempt).ConfigureAwait(false);
        }
        catch (Exception error) when (Meaning(error, attempt) is var meant && meant != error)
        {
            throw meant;
        }
    }

    /// <summary>A try that was given up has failed in time. The caller's own cancellation looks the same from here; the pipeline asks for it before it tries again.</summary>
    private static Exception Meaning(Exception error, S3Attempt attempt) =>
        attempt.Token.IsCancellationRequested && error is not TimeoutException ? new TimeoutException("no answer within the time limit", error) : error;

    /// <inheritdoc/>
    public void Dispose() => watch.Dispose();
}
