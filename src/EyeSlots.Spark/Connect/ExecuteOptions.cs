namespace EyeSlots.Spark.Connect;

/// <summary>What one execution may carry; all of it is optional.</summary>
public sealed record ExecuteOptions
{
    /// <summary>Receives each change of the progress, on the thread that reads the results. None comes from Spark 3.5.</summary>
    public IProgress<SparkProgress>? Progress { get; init; }

    /// <summary>A UUID that names the operation, for <see cref="SparkSession.InterruptOperationAsync"/>; one is made when null.</summary>
    public string? OperationId { get; init; }

    /// <summary>Labels for <see cref="SparkSession.InterruptTagAsync"/>; neither empty nor with a comma.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    internal void Validate()
    {
        if (OperationId is not null && !Guid.TryParseExact(OperationId, "D", out _))
            throw new ArgumentException($"OperationId is '{OperationId}'; it must be a UUID such as 00112233-4455-6677-8899-aabbccddeeff.");
        if (Tags.FirstOrDefault(tag => tag.Length == 0 || tag.Contains(',', StringComparison.Ordinal)) is { } bad)
            throw new ArgumentException($"Tag '{bad}' is not allowed: a tag is neither empty nor has a comma.");
    }
}
