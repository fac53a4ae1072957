namespace EyeSlots.Spark.Connect;

/// <summary>What Spark, or the way to it, answered instead of a result. The message starts with the useful line and is complete.</summary>
public class SparkException : Exception
{
    /// <summary>An error without a cause on this side.</summary>
    public SparkException(string message)
        : base(message)
    {
    }

    /// <summary>An error with the exception that it came from.</summary>
    public SparkException(string message, Exception? inner)
        : base(message, inner)
    {
    }

    /// <summary>Spark's name for the error, such as <c>TABLE_OR_VIEW_NOT_FOUND</c>; null where it has none.</summary>
    public string? ErrorClass { get; init; }

    /// <summary>Five letters of the SQL standard, such as <c>42P01</c>; null where there are none.</summary>
    public string? SqlState { get; init; }

    /// <summary>The server's stack trace with its causes; null where the server kept none.</summary>
    public string? ServerStackTrace { get; init; }
}
