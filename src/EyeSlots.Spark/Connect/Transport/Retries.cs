using System.Net.Sockets;
using System.Security.Authentication;
using Grpc.Core;
using Polly;

namespace EyeSlots.Spark.Connect.Transport;

/// <summary>Makes a call again while its failure may pass. Operation ids make that safe: the server never runs one twice.</summary>
internal sealed class Retries(SparkSessionOptions options)
{
    private readonly ResiliencePipeline pipeline = Build(options);

    /// <summary>Runs a call until it ends well, fails for good, or the tries are used up.</summary>
    public ValueTask<T> RunAsync<T>(Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellation) =>
        pipeline.ExecuteAsync(static (call, token) => call(token), call, cancellation);

    /// <summary>Whether the same call may succeed later.</summary>
    public static bool MayPass(RpcException error) => error.StatusCode switch
    {
        StatusCode.Unavailable => true,
        StatusCode.Internal when error.Status.Detail.Contains("INVALID_CURSOR.DISCONNECTED", StringComparison.Ordinal) => true,
        _ => RpcDetails.RetryDelay(error) is not null || IsBroken(error.Status.DebugException),
    };

    /// <summary>Whether the connection, not the server, ended the call.</summary>
    private static bool IsBroken(Exception? cause)
    {
        for (; cause is not null; cause = cause.InnerException)
        {
            if (cause is AuthenticationException) return false;
            if (cause is IOException or SocketException or HttpRequestException) return true;
        }

        return false;
    }

    private static ResiliencePipeline Build(SparkSessionOptions options)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = options.Time };
        if (options.MaxTries == 1) return builder.Build();
        return builder.AddRetry(new()
        {
            MaxRetryAttempts = options.MaxTries - 1,
            ShouldHandle = new PredicateBuilder().Handle<RpcException>(MayPass),
            DelayGenerator = arguments => new(
                Delay(options, arguments.AttemptNumber, arguments.Outcome.Exception is RpcException error ? RpcDetails.RetryDelay(error) : null)),
        }).Build();
    }

    /// <summary>The wait after the failure of a try, counted from 0; the server may ask for a longer one.</summary>
    internal static TimeSpan? Delay(SparkSessionOptions options, int attempt, TimeSpan? asked)
    {
        var grown = Math.ScaleB(options.FirstRetryDelay.TotalMilliseconds, 2 * attempt);
        var own = TimeSpan.FromMilliseconds(Math.Min(grown, options.MaxRetryDelay.TotalMilliseconds));
        return asked > own ? asked : own;
    }
}
