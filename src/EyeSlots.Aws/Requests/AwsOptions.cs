namespace EyeSlots.Aws.Requests;

/// <summary>What the command line says about AWS; the rest is in the AWS variables and files, as for the aws command line.</summary>
/// <param name="Profile">A profile of the AWS configuration, or null: that of <c>AWS_PROFILE</c>, else <c>default</c>.</param>
/// <param name="Region">A region's system name, or null: that of the configuration.</param>
/// <param name="Endpoint">The address of a server that answers as all services, or null: those of the configuration, else AWS.</param>
public sealed record AwsOptions(string? Profile = null, string? Region = null, string? Endpoint = null);
