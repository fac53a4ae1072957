namespace EyeSlots.Spark.Connect;

/// <summary>There is no Spark Connect server at the address, or it does not let us in. The message is one line that says what to do.</summary>
public sealed class SparkConnectionException : SparkException
{
    internal SparkConnectionException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
