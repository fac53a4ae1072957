using System.Collections.Concurrent;
using Amazon.Runtime;
using Amazon.S3;
using EyeSlots.Storage.S3.Credentials;
using EyeSlots.Storage.S3.Gets;
using EyeSlots.Storage.S3.Network;
using EyeSlots.Storage.S3.Pacing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Storage.S3;

/// <summary>
/// What all S3 stores of a process share: settings, credentials, one client for each region, and one set of retries. All of it is made when
/// the first call needs it, so that what is wrong with it is explained like any other failure, and nothing is read before.
/// </summary>
internal sealed class S3Connection : IDisposable
{
    private const long MostBytesInFlight = 256 << 20;
    private readonly Lazy<S3Settings> settings;
    private readonly Lazy<HttpClients> http;
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly ConcurrentDictionary<string, S3Client> clients = new(StringComparer.Ordinal);
    private readonly BucketRegions regions = new();
    private readonly Lazy<PacedReads> pace;
    private Lazy<HttpMessageInvoker> gets;
    private volatile FoundCredentials? credentials;

    /// <param name="settings">Where S3 is; resolved by the first call.</param>
    /// <param name="patience">How long faults are waited out.</param>
    public S3Connection(Lazy<S3Settings> settings, S3Patience patience)
    {
        this.settings = settings;
        http = new(() => new(settings.Value), LazyThreadSafetyMode.PublicationOnly);
        gets = new(() => http.Value.CreateInvoker());
        Retries = new(this, patience);
        pace = new(() => new(new(settings.Value.Connections, MostBytesInFlight, TimeProvider.System), patience, TimeProvider.System, Log), LazyThreadSafetyMode.PublicationOnly);
    }

    public S3Settings Settings => settings.Value;

    /// <summary>Told what is of note.</summary>
    public ILogger Log { get; init; } = NullLogger.Instance;

    /// <summary>Runs the calls.</summary>
    public S3Retries Retries { get; }

    /// <summary>Says when reads may be sent. Ask inside a call.</summary>
    public PacedReads Pace => pace.Value;

    /// <summary>Whether the starts of objects are worth a request of their own.</summary>
    public StartTimes Starts { get; } = new();

    /// <summary>Carries GETs that do not go through the SDK.</summary>
    public HttpMessageInvoker Gets
    {
        get => gets.Value;
        init => gets = new(value);
    }

    /// <summary>The servers' time, for signatures that the SDK does not make.</summary>
    public ServerClock Clock { get; } = new(TimeProvider.System);

    /// <summary>Who pays for a call.</summary>
    public RequestPayer? Payer => Settings.RequesterPays ? RequestPayer.Requester : null;

    /// <summary>The client for a bucket. Ask inside a call.</summary>
    public async ValueTask<S3Client> ClientAsync(string bucket, CancellationToken cancellation)
    {
        var region = regions.Of(bucket) ?? Settings.Region.Value;
        if (clients.TryGetValue(region, out var client)) return client;
        var found = await CredentialsAsync(cancellation).ConfigureAwait(false);
        return clients.GetOrAdd(region, name => S3ClientFactory.Create(Settings, found.Aws, http.Value, name));
    }

    /// <summary>This machine's credentials, searched once.</summary>
    public async ValueTask<FoundCredentials> CredentialsAsync(CancellationToken cancellation)
    {
        if (credentials is { } known) return known;
        await gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return credentials ??= await new CredentialSearch(Settings, new(Settings, http.Value)).FindAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Whether a failure names another region as the bucket's, to which the next call will go.</summary>
    public bool Follows(string bucket, Exception error) =>
        error is AmazonServiceException answer && (Settings.Endpoint is null || !Settings.IsAws) && regions.Learn(bucket, Settings.Region.Value, answer);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var client in clients.Values) client.Dispose();
        if (gets.IsValueCreated) gets.Value.Dispose();
        if (http.IsValueCreated) http.Value.Dispose();
        Retries.Dispose();
        gate.Dispose();
    }
}
