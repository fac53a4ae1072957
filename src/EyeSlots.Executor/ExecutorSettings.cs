using EyeSlots.Core.Planning.Remote;
using EyeSlots.Spark.Worker;
using EyeSlots.Storage.S3;

namespace EyeSlots.Executor;

/// <summary>How this executor reaches S3: as its own environment says, unless the driver sent something else.</summary>
internal static class ExecutorSettings
{
    /// <summary>The settings of stores.</summary>
    public static S3Settings StorageOf(RemoteStorage storage, S3Credentials? credentials) =>
        S3Settings.FromEnvironment(storage.S3Endpoint, null, storage.S3Region) with { Credentials = credentials };

    /// <summary>Credentials that the driver put into the session's settings, or null: the AWS SDK looks in its usual places.</summary>
    public static S3Credentials? CredentialsOf(TaskContext context) =>
        Property(context, RemoteCredentials.AccessKey) is { } key && Property(context, RemoteCredentials.Secret) is { } secret
            ? new(key, secret, Property(context, RemoteCredentials.Token))
            : null;

    private static string? Property(TaskContext context, string name) =>
        context.LocalProperties.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
