using EyeSlots.Spark.Connect.Protocol;
using EyeSlots.Spark.Connect.Transport;
using Grpc.Core;

namespace EyeSlots.Spark.Connect.Artifacts;

/// <summary>Sends files to the session. Repeating an upload is safe: the server takes the same bytes under the same name as done.</summary>
internal sealed class ArtifactUpload(SparkConnectClient client)
{
    /// <summary>Uploads under a name; content in the cache is looked for first, since its name is its hash.</summary>
    public async Task AddAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        ArtifactName.Require(name);
        if (name.StartsWith("cache/", StringComparison.Ordinal) && await ExistsAsync(name, cancellation).ConfigureAwait(false)) return;

        var summary = await client.TranslatingAsync(
            () => client.Retries.RunAsync(token => new ValueTask<AddArtifactsResponse>(SendAsync(name, content, token)), cancellation).AsTask(),
            cancellation).ConfigureAwait(false);
        if (summary.Artifacts.FirstOrDefault(artifact => !artifact.IsCrcSuccessful) is { } broken)
            throw new SparkException($"Artifact '{broken.Name}' arrived damaged at {client.Channel.Connection}; upload it again.");
    }

    private async Task<bool> ExistsAsync(string name, CancellationToken cancellation)
    {
        var request = new ArtifactStatusesRequest { Names = { name } };
        var response = await client.CallAsync(request, static (service, r, o) => service.ArtifactStatusAsync(r, o), cancellation).ConfigureAwait(false);
        return response.Statuses.TryGetValue(name, out var status) && status.Exists;
    }

    private async Task<AddArtifactsResponse> SendAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(client.Options.CallTimeout, client.Options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        using var call = client.Channel.Service.AddArtifacts(client.Channel.Headers, cancellationToken: either.Token);
        try
        {
            await WriteAsync(call.RequestStream, ArtifactChunks.Of(name, content), patience, either.Token).ConfigureAwait(false);
            var response = await call.ResponseAsync.ConfigureAwait(false);
            client.Identity.Observe(response);
            return response;
        }
        catch (RpcException) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new RpcException(new(StatusCode.DeadlineExceeded, $"The server took no part of '{name}' in time."));
        }
    }

    private async Task WriteAsync(
        IClientStreamWriter<AddArtifactsRequest> stream, IEnumerable<AddArtifactsRequest> parts, CancellationTokenSource patience, CancellationToken token)
    {
        try
        {
            foreach (var part in parts)
            {
                client.Identity.Stamp(part);
                patience.CancelAfter(client.Options.CallTimeout);
                await stream.WriteAsync(part, token).ConfigureAwait(false);
            }

            patience.CancelAfter(client.Options.CallTimeout);
            await stream.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or InvalidOperationException or HttpRequestException)
        {
            // The call has ended before its last part; why, its response tells.
        }
    }
}
