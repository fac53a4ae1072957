using Amazon.S3;

namespace EyeSlots.Storage.S3;

/// <summary>What all S3 stores of a process share: one client, made when the first call needs it, and one set of retries.</summary>
internal sealed class S3Connection(S3Settings settings, S3Patience patience) : IDisposable
{
    private readonly Lazy<IAmazonS3> client = new(() => S3ClientFactory.Create(settings));

    /// <summary>The client. Ask inside a call, so that a missing profile or region is explained like any other failure.</summary>
    public IAmazonS3 Client => client.Value;

    /// <summary>Runs the calls.</summary>
    public S3Retries Retries { get; } = new(settings, patience);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (client.IsValueCreated) client.Value.Dispose();
    }
}
