namespace EyeSlots.Storage.S3;

/// <summary>What the user says about S3 on the command line, or a driver to its executors; the rest is in the AWS variables and files.</summary>
/// <param name="Endpoint">The address of a server, or null: that of the configuration, else AWS.</param>
/// <param name="Profile">A profile of the AWS configuration, or null: that of <c>AWS_PROFILE</c>, else <c>default</c>.</param>
/// <param name="Region">A region's system name, or null: that of the configuration.</param>
public sealed record S3Options(string? Endpoint = null, string? Profile = null, string? Region = null)
{
    /// <summary>Whether calls say that their sender pays for them, as buckets of the kind "requester pays" demand.</summary>
    public bool RequesterPays { get; init; }

    /// <summary>The <see cref="Connections"/> where nobody says otherwise.</summary>
    public const int UsualConnections = 512;

    /// <summary>The most <see cref="Connections"/>.</summary>
    public const int MostConnections = 4096;

    /// <summary>Most connections for reading to one server at once, 1 to <see cref="MostConnections"/>. Fewer are used where more would not read faster.</summary>
    public int Connections { get; init; } = UsualConnections;

    /// <summary>How messages name who says so.</summary>
    public S3OptionNames Names { get; init; } = S3OptionNames.OfStores;

    /// <summary>Given credentials, in place of a search; null on every machine that has its own.</summary>
    public S3Credentials? Credentials { get; init; }

    /// <summary>Checks every value; returns this.</summary>
    /// <exception cref="EyeSlotsException">usage: says which option, what it may be and what it is.</exception>
    public S3Options Validated()
    {
        Require.Between("--connections", Connections, 1, MostConnections);
        return this;
    }
}

/// <summary>How messages name the options that were given: other commands have others.</summary>
/// <param name="Endpoint">The option of the endpoint.</param>
/// <param name="Profile">The option of the profile.</param>
/// <param name="Region">The option of the region.</param>
public sealed record S3OptionNames(string Endpoint, string Profile, string Region)
{
    /// <summary>Those of commands that read and write stores.</summary>
    public static S3OptionNames OfStores { get; } = new("--s3-endpoint", "--s3-profile", "--s3-region");
}
