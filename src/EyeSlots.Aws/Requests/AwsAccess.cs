using Amazon.Runtime;
using EyeSlots.Storage.S3;
using EyeSlots.Storage.S3.Configuration;
using EyeSlots.Storage.S3.Credentials;
using EyeSlots.Storage.S3.Network;

namespace EyeSlots.Aws.Requests;

/// <summary>
/// Who asks AWS, where and when: what the command line and the AWS configuration say, with the credentials that are found by it. Made once
/// for a command, used by the clients of all services.
/// </summary>
public sealed class AwsAccess : IDisposable
{
    private static readonly S3OptionNames Names = new("--endpoint-url", "--profile", "--region");
    private readonly AwsOptions options;
    private readonly Func<string, string?> variables;
    private readonly S3Settings settings;
    private readonly HttpClients clients;
    private readonly SemaphoreSlim gate = new(1, 1);
    private FoundCredentials? credentials;

    /// <summary>Reads the AWS variables and files; credentials are searched by the first call.</summary>
    /// <param name="options">What the command line says; it wins.</param>
    /// <param name="time">The clock of signatures and pauses.</param>
    /// <exception cref="EyeSlotsException">The configuration cannot be used, or names no region; the message says what to set.</exception>
    public AwsAccess(AwsOptions options, TimeProvider time)
        : this(options, time, Environment.GetEnvironmentVariable)
    {
    }

    internal AwsAccess(AwsOptions options, TimeProvider time, Func<string, string?> variables)
    {
        (this.options, this.variables) = (options, variables);
        settings = Resolve(options, variables);
        if (settings.Region.Source == S3Settings.DefaultSource)
            throw new EyeSlotsException(ErrorCodes.Usage, "There is no region; set --region, AWS_REGION, or region in the profile.");
        clients = Ask(() => new HttpClients(settings));
        Http = clients.Create(followsRedirects: false, Timeout.InfiniteTimeSpan);
        (Time, Clock) = (time, new(time));
    }

    /// <summary>The region of all services.</summary>
    public string Region => settings.Region.Value;

    /// <summary>The same for S3: for <see cref="ObjectStoreFactory"/>.</summary>
    public S3Options S3 => new(options.Endpoint, options.Profile, Region) { Names = Names };

    /// <summary>The buckets of the same account.</summary>
    /// <returns>The caller's, to end.</returns>
    public ObjectStoreFactory OpenStores() => new(S3, variables);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    internal HttpClient Http { get; }

    internal ServerClock Clock { get; }

    /// <summary>How long faults are waited out.</summary>
    internal AwsPatience Patience { get; init; } = AwsPatience.Usual;

    /// <summary>Where the credentials came from, for messages; null until they were searched.</summary>
    internal string? CredentialSource => credentials?.Source;

    /// <summary>Ends the connections.</summary>
    public void Dispose()
    {
        Http.Dispose();
        gate.Dispose();
    }

    /// <summary>Where a service answers, and the setting that says so; null for AWS's own address.</summary>
    internal (Uri Address, string? Source) Endpoint(AwsService service) =>
        (options.Endpoint is { Length: > 0 } asked ? new(asked, Names.Endpoint) : settings.Aws.Endpoint(settings.Profile, service.Id)) is { } set
            ? (EndpointUrl.Parse(set).Value, set.Source)
            : (service.In(Region), null);

    /// <summary>The keys of this moment.</summary>
    /// <exception cref="EyeSlotsException">There are none; the message is a clause that says why and what to do.</exception>
    internal async Task<ImmutableCredentials> KeysAsync(CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            credentials ??= await new CredentialSearch(settings, new(settings, clients)).FindAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }

        return await credentials.Aws.GetCredentialsAsync().ConfigureAwait(false);
    }

    private static S3Settings Resolve(AwsOptions options, Func<string, string?> variables) =>
        Ask(() => S3Settings.Resolve(new(options.Endpoint, options.Profile, options.Region) { Names = Names }, variables));

    /// <summary>What is wrong with the configuration has another code here than for stores.</summary>
    private static T Ask<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (S3ConfigurationException error)
        {
            throw new EyeSlotsException(ErrorCodes.AwsCredentials, $"AWS cannot be asked: {error.Message}", error);
        }
    }
}
