using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using EyeSlots.Core;

namespace EyeSlots.Aws.Nodes;

/// <summary>What EC2 tells an instance about itself (IMDSv2). Answers are short texts; a longer one is refused.</summary>
internal sealed partial class InstanceMetadata : IDisposable
{
    /// <summary>Names another address than EC2's, as for the AWS SDKs.</summary>
    public const string EndpointVariable = "AWS_EC2_METADATA_SERVICE_ENDPOINT";

    private const int MostBytes = 4096, TokenSeconds = 21600, MostTries = 6;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TokenLife = TimeSpan.FromSeconds(TokenSeconds / 2);
    private readonly TimeProvider time;
    private readonly HttpClient http;
    private string? token;
    private long tokenTaken;

    public InstanceMetadata(string? endpoint, TimeProvider time)
    {
        this.time = time;
        http = new(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new((endpoint is { Length: > 0 } ? endpoint.TrimEnd('/') : "http://169.254.169.254") + "/latest/"), Timeout = TimeSpan.FromSeconds(5), MaxResponseContentBufferSize = MostBytes,
        };
    }

    /// <summary>The instance's id.</summary>
    /// <exception cref="EyeSlotsException">cluster-boot: nothing answers, or something else does.</exception>
    public Task<string> InstanceIdAsync(CancellationToken cancellation) => DemandAsync("meta-data/instance-id", Mailbox.MailboxKeys.IsInstance, cancellation);

    /// <summary>Its address within its network.</summary>
    /// <exception cref="EyeSlotsException">cluster-boot: likewise.</exception>
    public Task<string> AddressAsync(CancellationToken cancellation) => DemandAsync("meta-data/local-ipv4", text => IPAddress.TryParse(text, out _), cancellation);

    /// <summary>When EC2 began with this instance; null where it does not say so.</summary>
    /// <exception cref="EyeSlotsException">cluster-boot: nothing answers.</exception>
    public async Task<DateTimeOffset?> LaunchedAsync(CancellationToken cancellation)
    {
        var document = await GuardedAsync("dynamic/instance-identity/document", cancellation).ConfigureAwait(false);
        return document is not null && PendingTime().Match(document) is { Success: true } found &&
            DateTimeOffset.TryParse(found.Groups["time"].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var launched) ? launched : null;
    }

    /// <summary>Whether EC2 is about to take the instance back (two minutes ahead, of a spot instance).</summary>
    public async Task<bool> IsTakenBackAsync(CancellationToken cancellation) => await AskAsync("meta-data/spot/instance-action", cancellation).ConfigureAwait(false) is not null;

    public void Dispose() => http.Dispose();

    private async Task<string> DemandAsync(string path, Predicate<string> isOne, CancellationToken cancellation) =>
        await GuardedAsync(path, cancellation).ConfigureAwait(false) is { } text && isOne(text) ? text
            : throw new EyeSlotsException(ErrorCodes.ClusterBoot, $"the instance's metadata has no {path} that can be used");

    // A machine that boots has much to do, and this is the only one that can say who it is: one slow answer must not end it.
    private async Task<string?> GuardedAsync(string path, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await AskAsync(path, cancellation).ConfigureAwait(false);
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
            {
                if (tries == MostTries) throw new EyeSlotsException(ErrorCodes.ClusterBoot, $"the instance's metadata (IMDSv2) does not answer: {error.Message}", error);
                await Task.Delay(Pause, time, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task<string?> AskAsync(string path, CancellationToken cancellation)
    {
        if (token is null || time.GetElapsedTime(tokenTaken) > TokenLife) await TakeTokenAsync(cancellation).ConfigureAwait(false);
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "X-aws-ec2-metadata-token", token } } };
        using var answer = await http.SendAsync(request, cancellation).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.Unauthorized) token = null;
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        return (await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellation).ConfigureAwait(false)).Trim();
    }

    private async Task TakeTokenAsync(CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "api/token") { Headers = { { "X-aws-ec2-metadata-token-ttl-seconds", $"{TokenSeconds}" } } };
        using var answer = await http.SendAsync(request, cancellation).ConfigureAwait(false);
        token = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
        tokenTaken = time.GetTimestamp();
    }

    [GeneratedRegex("\"pendingTime\" *: *\"(?<time>[0-9TZ:.-]{10,40})\"")]
    private static partial Regex PendingTime();
}
