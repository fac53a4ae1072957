using EyeSlots.Spark.Connect.Protocol;
using Google.Protobuf;
using Grpc.Core;

namespace EyeSlots.Spark.Connect.Transport;

/// <summary>What a failed call carries in its trailers beside code and text.</summary>
internal static class RpcDetails
{
    private const string Trailer = "grpc-status-details-bin";

    /// <summary>Spark's own description of the error; null where the failure is not Spark's.</summary>
    public static ErrorInfo? ErrorInfo(RpcException error) => Find(error, Protocol.ErrorInfo.Parser);

    /// <summary>How long the server asks to wait before the next try; null where it does not ask for one.</summary>
    public static TimeSpan? RetryDelay(RpcException error) =>
        Find(error, RetryInfo.Parser) is { } retry ? retry.RetryDelay?.ToTimeSpan() ?? TimeSpan.Zero : null;

    /// <summary>Whether the error is one of Spark's classes, by its name in the text or in the details.</summary>
    public static bool IsClass(RpcException error, string errorClass) =>
        error.Status.Detail.Contains(errorClass, StringComparison.Ordinal)
        || (ErrorInfo(error)?.Metadata.TryGetValue("errorClass", out var named) == true && named.StartsWith(errorClass, StringComparison.Ordinal));

    private static T? Find<T>(RpcException error, MessageParser<T> parser)
        where T : class, IMessage<T>, new()
    {
        if (error.Trailers.GetValueBytes(Trailer) is not { } bytes) return null;
        try
        {
            var descriptor = new T().Descriptor;
            var any = StatusDetails.Parser.ParseFrom(bytes).Details.FirstOrDefault(detail => detail.Is(descriptor));
            return any is null ? null : parser.ParseFrom(any.Value);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
