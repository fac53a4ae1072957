using System.Text;
using EyeSlots.Spark.Connect.Protocol;
using Grpc.Core;

namespace EyeSlots.Spark.Connect.Transport;

/// <summary>Reads the answer of FetchErrorDetails: a list of errors that point at their causes.</summary>
internal static class ServerErrorText
{
    public static SparkException From(FetchErrorDetailsResponse details, RpcException error, ErrorInfo? info)
    {
        var root = details.Errors[Index(details, details.HasRootErrorIdx ? details.RootErrorIdx : 0) ?? 0];
        var text = root.Message.Length > 0 ? root.Message : error.Status.Detail;
        return new(text.Length > 0 ? text : $"Spark failed with {root.ErrorTypeHierarchy.FirstOrDefault()} and gave no text.", error)
        {
            ErrorClass = root.SparkThrowable is { HasErrorClass: true } named ? named.ErrorClass : Of(info, "errorClass"),
            SqlState = root.SparkThrowable is { HasSqlState: true } stated ? stated.SqlState : Of(info, "sqlState"),
            ServerStackTrace = Trace(details, root) is { Length: > 0 } trace ? trace : Of(info, "stackTrace"),
        };
    }

    public static string? Of(ErrorInfo? info, string key) =>
        info?.Metadata.TryGetValue(key, out var value) == true && value.Length > 0 ? value : null;

    private static int? Index(FetchErrorDetailsResponse details, int index) => index >= 0 && index < details.Errors.Count ? index : null;

    private static string Trace(FetchErrorDetailsResponse details, FetchErrorDetailsResponse.Types.Error error)
    {
        var text = new StringBuilder();
        var seen = new HashSet<int>();
        for (var at = error; at is not null;)
        {
            text.Append(text.Length > 0 ? "Caused by: " : "").Append(at.ErrorTypeHierarchy.FirstOrDefault()).Append(": ").AppendLine(at.Message);
            foreach (var frame in at.StackTrace) Append(text, frame);
            at = at.HasCauseIdx && seen.Add(at.CauseIdx) && Index(details, at.CauseIdx) is { } cause ? details.Errors[cause] : null;
        }

        return text.ToString().TrimEnd();
    }

    private static void Append(StringBuilder text, FetchErrorDetailsResponse.Types.StackTraceElement frame) =>
        text.Append("  at ").Append(frame.DeclaringClass).Append('.').Append(frame.MethodName)
            .Append('(').Append(frame.FileName).Append(':').Append(frame.LineNumber).AppendLine(")");
}
