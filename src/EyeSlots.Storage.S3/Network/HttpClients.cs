using System.Net;
using System.Security.Cryptography.X509Certificates;
using Amazon.Runtime;
using Amazon.S3;
using EyeSlots.Storage.S3.Configuration;

namespace EyeSlots.Storage.S3.Network;

/// <summary>
/// Makes the HTTP clients under the clients of the SDK: with the proxies and the trusted authorities that are configured. All calls to S3 share
/// one set of connections: a server counts those that wait in another set as well.
/// </summary>
internal sealed class HttpClients : HttpClientFactory, IDisposable
{
    private static readonly Lazy<ProxyRules> Proxies = new(UseProxies);
    private readonly X509ChainPolicy? authorities;
    private readonly Lazy<SocketsHttpHandler> shared;

    /// <exception cref="S3ConfigurationException">The bundle of certificates cannot be read.</exception>
    public HttpClients(S3Settings settings)
    {
        _ = Proxies.Value;
        if (settings.CaBundle is { } bundle) authorities = TrustedAuthorities.Read(bundle);
        shared = new(() => CreateShared(settings.Connections));
    }

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => clientConfig is AmazonS3Config
        ? new(new BodiesAtOnce(shared.Value), disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan }
        : Create(clientConfig.AllowAutoRedirect, clientConfig.Timeout ?? TimeSpan.FromSeconds(100));

    /// <summary>A client beside the SDK's.</summary>
    /// <param name="followsRedirects">Whether it goes where an answer sends it.</param>
    /// <param name="timeout">How long it waits for an answer.</param>
    public HttpClient Create(bool followsRedirects, TimeSpan timeout) => new(CreateHandler(followsRedirects)) { Timeout = timeout };

    /// <summary>A client of S3 without timers, default headers and redirects, for many small calls.</summary>
    public HttpMessageInvoker CreateInvoker() => new(shared.Value, disposeHandler: false);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (shared.IsValueCreated) shared.Value.Dispose();
    }

    private SocketsHttpHandler CreateShared(int connections)
    {
        var handler = CreateHandler(followsRedirects: false);
        handler.MaxConnectionsPerServer = connections;

        // Nobody follows traces.
        handler.ActivityHeadersPropagator = null;
        return handler;
    }

    private SocketsHttpHandler CreateHandler(bool followsRedirects)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = followsRedirects,
            AutomaticDecompression = DecompressionMethods.None,
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            Proxy = Proxies.Value,
            UseCookies = false,
        };
        if (authorities is not null) handler.SslOptions.CertificateChainPolicy = authorities;
        return handler;
    }

    /// <summary>The SDK asks for credentials of machines and containers by clients that it makes itself, with the default proxy.</summary>
    private static ProxyRules UseProxies()
    {
        var rules = ProxyRules.FromEnvironment(HttpClient.DefaultProxy, Environment.GetEnvironmentVariable);
        HttpClient.DefaultProxy = rules;
        return rules;
    }

    /// <summary>
    /// Sends bodies with their heads. The SDK would first wait for the server's word that it wants one: a round trip of every publication, to
    /// save the bodies of the few that are refused.
    /// </summary>
    private sealed class BodiesAtOnce(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.ExpectContinue = null;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
