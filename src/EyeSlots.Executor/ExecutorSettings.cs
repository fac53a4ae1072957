using EyeSlots.Core;
using EyeSlots.Spark.Contract;
using EyeSlots.Spark.Worker;
using EyeSlots.Storage.S3;

namespace EyeSlots.Executor;

/// <summary>How this executor reaches S3: as its own environment says, unless the driver sent something else.</summary>
internal static class ExecutorSettings
{
    /// <summary>The settings of stores.</summary>
    /// <exception cref="EyeSlotsException">A number that no command line takes: usage.</exception>
    public static S3Options StorageOf(RemoteStorage storage, S3Credentials? credentials)
    {
        var options = new S3Options(storage.S3Endpoint, Region: storage.S3Region)
        {
            RequesterPays = storage.S3RequesterPays, Credentials = credentials, Names = new("the driver", "the driver", "the driver"),
        };
        if (storage.S3Connections is not { } connections) return options;
        Require.Between("The connections of an executor to S3", connections, 1, S3Options.MostConnections);
        return options with { Connections = connections };
    }

    /// <summary>Credentials that the driver sent with the session, or null: the AWS SDK looks in its usual places.</summary>
    public static S3Credentials? CredentialsOf(TaskContext context)
    {
        if (!context.LocalProperties.TryGetValue(SessionSettings.CredentialsKey, out var key)) return null;
        var sent = RemoteCredentials.Open(File.ReadAllBytes(Path.Combine(context.FilesDirectory, SessionSettings.SealedCredentials)), key);
        return new(sent.AccessKey, sent.Secret, sent.Token);
    }
}
