using EyeSlots.Spark.Connect.Protocol;

namespace EyeSlots.Spark.Connect.Transport;

/// <summary>Calls that a program makes when it ends, perhaps cancelled: they are courtesy, so they neither fail nor last.</summary>
internal static class CleanUp
{
    /// <summary>What a server that does not answer costs. Whoever pressed Ctrl-C waits for it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Ends all calls of one clean-up together.</summary>
    public static CancellationTokenSource Limit(TimeProvider time) => new(Patience, time);

    /// <summary>Makes a call once; whether the server heard it.</summary>
    public static async Task<bool> TryAsync<TRequest, TResponse>(
        SparkConnectClient client, TRequest request, UnaryCall<TRequest, TResponse> call, CancellationToken limit)
        where TRequest : ISessionRequest
        where TResponse : ISessionResponse
    {
        try
        {
            await client.CallOnceAsync(request, call, Patience, limit).ConfigureAwait(false);
            return true;
        }
        catch (Exception error) when (error is SparkException or OperationCanceledException or ObjectDisposedException)
        {
            return error is SparkException and not SparkConnectionException;
        }
    }
}
