namespace EyeSlots.Spark.Worker.Protocol;

/// <summary>
/// Spark closed the connection within a task. A type of its own, because a function's own <see cref="IOException"/> is an error
/// to report and this one is not.
/// </summary>
internal sealed class ConnectionClosedException(string message, Exception? inner = null) : IOException(message, inner);
