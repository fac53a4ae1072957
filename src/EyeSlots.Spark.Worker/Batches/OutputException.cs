namespace EyeSlots.Spark.Worker.Batches;

/// <summary>A function returned what it did not declare, or what Spark cannot take. Nothing of the batch was sent.</summary>
internal sealed class OutputException(string message) : Exception(message);
