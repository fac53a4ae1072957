namespace EyeSlots.Spark.Connect;

/// <summary>
/// Nothing new came from an operation for <see cref="SparkSessionOptions.StallTimeout"/>. The message says whether the server still
/// answers and what to do; the operation was asked to end.
/// </summary>
public sealed class SparkStalledException : SparkException
{
    internal SparkStalledException(string message, string operationId, SparkProgress? progress)
        : base(message) => (OperationId, Progress) = (operationId, progress);

    /// <summary>The operation that stood still.</summary>
    public string OperationId { get; }

    /// <summary>The last progress that was reported; null where there was none.</summary>
    public SparkProgress? Progress { get; }
}
