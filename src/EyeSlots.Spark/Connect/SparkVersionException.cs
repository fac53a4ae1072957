namespace EyeSlots.Spark.Connect;

/// <summary>The server's version is none of <see cref="SparkVersions.Known"/>.</summary>
public sealed class SparkVersionException : SparkException
{
    internal SparkVersionException(string message)
        : base(message)
    {
    }
}
