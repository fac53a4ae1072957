namespace EyeSlots.Storage.S3;

/// <summary>What the user says about S3 on the command line, or a driver to its executors; the rest is in the AWS variables and files.</summary>
/// <param name="Endpoint">The address of a server, or null: that of the configuration, else AWS.</param>
/// <param name="Profile">A profile of the AWS configuration, or null: that of <c>AWS_PROFILE</c>, else <c>default</c>.</param>
/// <param name="Region">A region's system name, or null: that of the configuration.</param>
public sealed record S3Options(string? Endpoint = null, string? Profile = null, string? Region = null)
{
    /// <summary>Whether calls say that their sender pays for them, as buckets of the kind "requester pays" demand.</summary>
    public bool RequesterPays { get; init; }

    /// <summary>Who says so, for messages; null for the options of the command line.</summary>
    public string? Origin { get; init; }

    /// <summary>Given credentials, in place of a search; null on every machine that has its own.</summary>
    public S3Credentials? Credentials { get; init; }
}
