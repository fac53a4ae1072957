using EyeSlots.Core;
using EyeSlots.Spark.Connect;
using EyeSlots.Spark.Contract;

namespace EyeSlots.Spark.Engine;

/// <summary>Turns Spark's failures into those of a command: what our worker said on an executor keeps its code.</summary>
internal static class SparkFailures
{
    /// <summary>What a driver answers that has no memory of the session, whose own words would leave a user at a loss.</summary>
    private static readonly string[] LostSession = ["INVALID_HANDLE.SESSION_", "INVALID_HANDLE.OPERATION_"];

    public static async Task<T> TranslateAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (SparkException error)
        {
            throw Of(error);
        }
    }

    public static Task TranslateAsync(Func<Task> call) => TranslateAsync<object?>(async () =>
    {
        await call().ConfigureAwait(false);
        return null;
    });

    public static EyeSlotsException Of(SparkException error) => RemoteFailure.Find(error.Message, error) ?? error switch
    {
        SparkConnectionException => new(ErrorCodes.SparkUnreachable, error.Message, error),
        SparkVersionException => new(ErrorCodes.SparkVersion, $"{Sentence(error.Message)} (--spark-level takes it for one of them.)", error),
        SparkStalledException => new(ErrorCodes.SparkStalled, error.Message, error),
        { ErrorClass: { } named } when LostSession.Any(lost => named.StartsWith(lost, StringComparison.Ordinal)) => new(
            ErrorCodes.SparkFailed,
            $"Spark no longer knows this session ({named}): its server was started again, or ended the session. Run again: what was published stays, and the next run goes on.",
            error),
        _ => new(ErrorCodes.SparkFailed, FirstLines(error.Message), error),
    };

    /// <summary>The client's advice names its own property, which no user of the program sees.</summary>
    private static string Sentence(string message) => message.IndexOf(", or set ", StringComparison.Ordinal) is > 0 and var at ? message[..at] + "." : message;

    /// <summary>Spark's text goes on with stacks of both sides; the log has all of it.</summary>
    private static string FirstLines(string message)
    {
        const int most = 600;
        var lines = message.Split('\n').TakeWhile(line => !line.TrimStart().StartsWith("at ", StringComparison.Ordinal));
        var text = string.Join(' ', lines.Select(line => line.Trim())).Trim();
        return text.Length > most ? text[..most] + " …" : text;
    }
}
