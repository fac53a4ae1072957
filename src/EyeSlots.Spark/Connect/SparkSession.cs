using Apache.Arrow;
using EyeSlots.Spark.Connect.Artifacts;
using EyeSlots.Spark.Connect.Execution;
using EyeSlots.Spark.Connect.Plans;
using EyeSlots.Spark.Connect.Protocol;
using EyeSlots.Spark.Connect.Transport;
using EyeSlots.Spark.Connect.Values;
using Kind = EyeSlots.Spark.Connect.Protocol.InterruptRequest.Types.InterruptType;

namespace EyeSlots.Spark.Connect;

/// <summary>
/// A session on a Spark Connect server: its settings, views and artifacts. Safe on several threads. Calls throw
/// <see cref="SparkException"/>. Disposing it stops it.
/// </summary>
public sealed class SparkSession : IAsyncDisposable
{
    private bool isStopped;

    internal SparkSession(SparkConnectClient client, string version, int protocolLevel)
    {
        (Client, Version, ProtocolLevel) = (client, version, protocolLevel);
        Conf = new(client);
    }

    /// <summary>The server's version, such as <c>4.1.4</c>.</summary>
    public string Version { get; }

    /// <summary>Which frames the server exchanges with its workers; see <see cref="SparkVersions"/>.</summary>
    public int ProtocolLevel { get; }

    /// <summary>The UUID that names the session; a connection string with it joins the session.</summary>
    public string SessionId => Client.Identity.SessionId;

    /// <summary>The session's settings.</summary>
    public RuntimeConfig Conf { get; }

    internal SparkConnectClient Client { get; }

    /// <summary>Begins a session.</summary>
    public static SparkSessionBuilder Builder() => new();

    /// <summary>Runs a statement if it is a command (such as CREATE VIEW); a query runs when its rows are asked for, as every data frame does.</summary>
    public async Task<DataFrame> SqlAsync(string text, ExecuteOptions? options = null, CancellationToken cancellation = default)
    {
        var query = new Relation { Sql = new() { Query = text } };
        var command = new SqlCommand();
        if (ProtocolLevel < 40) command.Sql = text;
        else command.Input = query;
        var result = await Results.CommandAsync(Client, new() { SqlCommand = command }, options, cancellation).ConfigureAwait(false);
        return new(this, new RelationPlan(result ?? query));
    }

    /// <summary>Reads files.</summary>
    public DataFrameReader Read() => new(this);

    /// <summary>Rows of this process; see <see cref="CreateDataFrame(Schema, IEnumerable{RecordBatch})"/>.</summary>
    public DataFrame CreateDataFrame(RecordBatch batch) => CreateDataFrame(batch.Schema, [batch]);

    /// <summary>
    /// Rows of this process. They are copied here and now, so the batches may be disposed. Above
    /// <see cref="SparkSessionOptions.CacheThreshold"/> bytes they are uploaded once, when first needed; 2 GiB is the limit.
    /// </summary>
    /// <exception cref="ArgumentException">A batch does not fit the schema, or a column's type is one that Spark has not.</exception>
    public DataFrame CreateDataFrame(Schema schema, IEnumerable<RecordBatch> batches) =>
        new(this, new LocalPlan(schema, ArrowBytes.Of(schema, batches)));

    /// <summary>
    /// Uploads a file for the session's tasks. The name decides what becomes of it: <c>archives/x.tar.gz#folder</c> is unpacked into
    /// <c>folder</c> of the tasks' working directory, <c>files/x</c> lies there. The same bytes again are no error, other bytes are: put a hash into the name.
    /// </summary>
    /// <exception cref="ArgumentException">A name that Spark has no use for.</exception>
    public Task AddArtifactAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation = default) =>
        new ArtifactUpload(Client).AddAsync(name, content, cancellation);

    /// <summary>Uploads a file from the disk, at most 2 GiB; see <see cref="AddArtifactAsync(string, ReadOnlyMemory{byte}, CancellationToken)"/>.</summary>
    public async Task AddArtifactAsync(string name, string path, CancellationToken cancellation = default) =>
        await AddArtifactAsync(name, await File.ReadAllBytesAsync(path, cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);

    /// <summary>Ends all operations of the session; the ids of those that ran.</summary>
    public Task<IReadOnlyList<string>> InterruptAllAsync(CancellationToken cancellation = default) =>
        InterruptAsync(new() { InterruptType = Kind.All }, cancellation);

    /// <summary>Ends the operation of this id; the ids of those that ran.</summary>
    public Task<IReadOnlyList<string>> InterruptOperationAsync(string operationId, CancellationToken cancellation = default) =>
        InterruptAsync(new() { InterruptType = Kind.OperationId, OperationId = operationId }, cancellation);

    /// <summary>Ends the operations with this tag; the ids of those that ran.</summary>
    public Task<IReadOnlyList<string>> InterruptTagAsync(string tag, CancellationToken cancellation = default) =>
        InterruptAsync(new() { InterruptType = Kind.Tag, OperationTag = tag }, cancellation);

    /// <summary>
    /// Ends the session on the server with all that belongs to it, and closes the connection. Never throws; a server that does not
    /// answer costs five seconds. Again is no error.
    /// </summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref isStopped, true)) return;
        using (var limit = CleanUp.Limit(Client.Options.Time))
        {
            // 3.5 has no such call, and a server that is gone keeps no session.
            await CleanUp.TryAsync(Client, new ReleaseSessionRequest(), static (service, r, o) => service.ReleaseSessionAsync(r, o), limit.Token).ConfigureAwait(false);
        }

        Client.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private async Task<IReadOnlyList<string>> InterruptAsync(InterruptRequest request, CancellationToken cancellation)
    {
        var response = await Client.CallAsync(request, static (service, r, o) => service.InterruptAsync(r, o), cancellation).ConfigureAwait(false);
        return response.InterruptedIds;
    }
}
