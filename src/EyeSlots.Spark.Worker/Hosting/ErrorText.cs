using System.Text;

namespace EyeSlots.Spark.Worker;

/// <summary>What Spark shows of an exception: the type and message first, because it cuts the end, then causes and stacks.</summary>
internal static class ErrorText
{
    private const int Longest = 32_000;

    internal static string Of(Exception exception)
    {
        var text = new StringBuilder();
        for (var cause = Inner(exception); cause is not null; cause = cause.InnerException)
            text.Append(text.Length == 0 ? "" : " ---> ").Append(cause.GetType()).Append(": ").Append(cause.Message).Append('\n');

        for (var cause = Inner(exception); cause is not null; cause = cause.InnerException)
        {
            if (cause.StackTrace is { Length: > 0 } stack) text.Append(stack).Append('\n');
        }

        if (text.Length > Longest) text.Length = Longest;
        return text.ToString().TrimEnd('\n');
    }

    /// <summary>An exception of many that holds one says no more than the one.</summary>
    private static Exception Inner(Exception exception) =>
        exception is AggregateException { InnerExceptions: [var only] } ? Inner(only) : exception;
}
