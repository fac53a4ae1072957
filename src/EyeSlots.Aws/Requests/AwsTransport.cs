using System.Net.Http.Headers;
using Polly;
using Polly.Retry;

namespace EyeSlots.Aws.Requests;

/// <summary>Sends calls to one service: signed, tried again while that may help, with what stays made a message for the user.</summary>
internal sealed class AwsTransport
{
    /// <summary>No answer that is used here has a hundredth of it: a page of events has 100 of them.</summary>
    private const int LargestAnswer = 16 << 20;

    private readonly AwsAccess access;
    private readonly AwsService service;
    private readonly ResiliencePipeline pipeline;

    public AwsTransport(AwsAccess access, AwsService service)
    {
        (this.access, this.service) = (access, service);
        var retry = new RetryStrategyOptions
        {
            ShouldHandle = failure => ValueTask.FromResult(failure.Outcome.Exception switch
            {
                AwsRefusal refusal => AwsFaults.MayPass(refusal.Fault),
                { } error => AwsFaults.IsBrokenConnection(error) && failure.AttemptNumber < access.Patience.Connections - 1,
                null => false,
            }),
            MaxRetryAttempts = access.Patience.Attempts - 1,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = access.Patience.FirstDelay,
            MaxDelay = access.Patience.LongestDelay,
        };
        pipeline = new ResiliencePipelineBuilder { TimeProvider = access.Time }.AddRetry(retry).Build();
    }

    /// <summary>Sends a call until it is answered or refused for good.</summary>
    /// <param name="action">The action's name.</param>
    /// <param name="body">The body, the same for each try.</param>
    /// <param name="type">The body's type.</param>
    /// <param name="target"><c>X-Amz-Target</c>, or null.</param>
    /// <param name="cancellation">Ends it at once.</param>
    /// <returns>The answer's bytes.</returns>
    /// <exception cref="AwsException">It failed for good.</exception>
    public async Task<byte[]> SendAsync(string action, byte[] body, string type, string? target, CancellationToken cancellation)
    {
        var (call, tries) = (new AwsCall(service, action), 0);
        try
        {
            return await pipeline.ExecuteAsync(token => { tries++; return SendOnceAsync(body, type, target, token); }, cancellation).ConfigureAwait(false);
        }
        catch (AwsRefusal refusal)
        {
            throw AwsMessages.Explain(access, call, refusal.Fault, tries);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or TimeoutException)
        {
            throw AwsMessages.Explain(access, call, error, tries);
        }
        catch (EyeSlotsException error) when (error.Code == ErrorCodes.StorageFailed)
        {
            throw new AwsException(ErrorCodes.AwsCredentials, call, null, error.Message, error); // of the search for credentials
        }
    }

    /// <summary>One try; where a refusal shows that the clock is off, another by the server's clock.</summary>
    private async ValueTask<byte[]> SendOnceAsync(byte[] body, string type, string? target, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(access.Patience.AttemptLimit);
        try
        {
            return await SignAndSendAsync(body, type, target, limit.Token).ConfigureAwait(false);
        }
        catch (AwsRefusal refusal) when (AwsFaults.MayBeClock(refusal.Fault) && access.Clock.Learn(refusal.Fault.Date))
        {
            return await SignAndSendAsync(body, type, target, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException("no answer within the time limit", error);
        }
    }

    private async Task<byte[]> SignAndSendAsync(byte[] body, string type, string? target, CancellationToken cancellation)
    {
        var keys = await access.KeysAsync(cancellation).ConfigureAwait(false);
        using var request = new HttpRequestMessage(HttpMethod.Post, access.Endpoint(service).Address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (target is not null) request.Headers.Add("X-Amz-Target", target);
        Signature.Sign(request, body, keys, access.Region, service.Name, access.Clock.Now);
        using var response = await access.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        var answer = await ReadAsync(response, cancellation).ConfigureAwait(false);
        return response.IsSuccessStatusCode ? answer : throw new AwsRefusal(AwsFaultReader.Read(response, answer));
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await response.Content.LoadIntoBufferAsync(LargestAnswer, cancellation).ConfigureAwait(false);
        return await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>A refusal, before it is explained.</summary>
    private sealed class AwsRefusal(AwsFault fault) : Exception(fault.Code)
    {
        public AwsFault Fault { get; } = fault;
    }
}
