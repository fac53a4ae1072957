namespace EyeSlots.Spark.Worker.Protocol;

/// <summary>Spark sent something that the frames of the stated level do not allow. The connection cannot be used further.</summary>
internal sealed class WireFormatException(string message, Exception? inner = null) : Exception(message, inner);
