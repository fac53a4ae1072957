using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using EyeSlots.Spark.Connect.Protocol;
using Grpc.Core;
using Grpc.Net.Client;

namespace EyeSlots.Spark.Connect.Transport;

/// <summary>One HTTP/2 connection to the server, with the headers that let us in.</summary>
internal sealed class SparkChannel : IDisposable
{
    private readonly GrpcChannel channel;

    public SparkChannel(ConnectionString connection, SparkSessionOptions options)
    {
        Connection = connection;
        channel = GrpcChannel.ForAddress(Address(connection), new()
        {
            HttpHandler = Handler(connection, options),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = connection.MaxMessageSize,
            MaxSendMessageSize = null,

            // The waits between tries are ours; gRPC's own would keep a server that is back unreachable for minutes.
            InitialReconnectBackoff = TimeSpan.FromMilliseconds(50),
            MaxReconnectBackoff = TimeSpan.FromSeconds(1),
        });
        Service = new(channel);
        foreach (var (name, value) in connection.Headers) Headers.Add(name, value);

        // As a header and not as call credentials, which gRPC refuses to send without TLS: a server on this machine has none.
        if (connection.Token is { } token) Headers.Add("authorization", $"Bearer {token}");
    }

    public ConnectionString Connection { get; }

    public SparkConnectService.SparkConnectServiceClient Service { get; }

    public Metadata Headers { get; } = [];

    public void Dispose() => channel.Dispose();

    private static string Address(ConnectionString connection) => string.Create(CultureInfo.InvariantCulture,
        $"{(connection.UseSsl ? "https" : "http")}://{connection.Host}:{connection.Port}");

    private static SocketsHttpHandler Handler(ConnectionString connection, SparkSessionOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = options.ConnectTimeout,
            EnableMultipleHttp2Connections = true,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,

            // A proxy of the environment forwards plain HTTP as HTTP/1.1, which carries no gRPC.
            UseProxy = connection.UseSsl,
        };
        if (options.RootCertificate is { } root) handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trust(root) };
        return handler;
    }

    private static X509ChainPolicy Trust(X509Certificate2 root)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(root);
        return policy;
    }
}
