using EyeSlots.Spark.Connect.Protocol;
using Grpc.Core;

namespace EyeSlots.Spark.Connect.Transport;

/// <summary>
/// Makes a <see cref="SparkException"/> of a failed call. The status carries at most 2048 characters; the whole text is fetched, once,
/// and where that fails too (the server itself may break on it) what came with the status is kept.
/// </summary>
internal sealed class ServerErrors(SparkChannel channel, SessionIdentity identity, SparkSessionOptions options)
{
    private readonly ConnectionFaults faults = new(channel.Connection, options);

    /// <summary>The exception to throw; <see cref="OperationCanceledException"/> where the caller's token ended the call.</summary>
    public async Task<Exception> TranslateAsync(RpcException error, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return new OperationCanceledException("The call was cancelled.", error, cancellation);
        if (faults.Explain(error) is { } fault) return fault;

        var info = RpcDetails.ErrorInfo(error);
        var details = info?.Metadata.TryGetValue("errorId", out var id) == true ? await FetchAsync(id, cancellation).ConfigureAwait(false) : null;
        return details is null ? FromStatus(error, info) : ServerErrorText.From(details, error, info);
    }

    private static SparkException FromStatus(RpcException error, ErrorInfo? info) => new(Text(error, info), error)
    {
        ErrorClass = ServerErrorText.Of(info, "errorClass"),
        SqlState = ServerErrorText.Of(info, "sqlState"),
        ServerStackTrace = ServerErrorText.Of(info, "stackTrace"),
    };

    private static string Text(RpcException error, ErrorInfo? info) =>
        error.Status.Detail.Contains("Java heap space", StringComparison.Ordinal) ? $"Spark's driver ran out of memory ({error.Status.Detail}); start it with more spark.driver.memory."
        : error.Status.Detail.Length > 0 ? error.Status.Detail
        : info is not null ? $"Spark failed with {info.Reason} and gave no text."
        : $"Spark failed with gRPC status {error.StatusCode} and gave no text; its log may say more.";

    private async Task<FetchErrorDetailsResponse?> FetchAsync(string errorId, CancellationToken cancellation)
    {
        var request = new FetchErrorDetailsRequest { ErrorId = errorId };
        identity.Stamp(request);
        try
        {
            var deadline = (options.Time.GetUtcNow() + options.CallTimeout).UtcDateTime;
            var response = await channel.Service.FetchErrorDetailsAsync(request, channel.Headers, deadline, cancellation).ConfigureAwait(false);
            return response.Errors.Count > 0 ? response : null;
        }
        catch (RpcException)
        {
            return null;
        }
    }
}
