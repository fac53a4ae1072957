using System.Globalization;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests.Storage.Servers;
using EyeSlots.Spark.Tests.Servers;
using EyeSlots.Storage.S3;

namespace EyeSlots.Benchmarks.S3;

/// <summary>
/// A real S3 server of this host (versitygw, a process of its own) with the photographs of a folder. They are uploaded by PUT, for files laid
/// into the server's folder have no ETag; names beyond them are hard links of what the server made of them, which keep the ETag and take no
/// room.
/// </summary>
internal sealed class S3Site : IAsyncDisposable
{
    private const string Key = "benchmark", Secret = "benchmark-secret", Bucket = "faces", Region = "us-east-1", Root = "Manually_Annotated_Images";
    private readonly Dictionary<int, FaceSet> sets = [];
    private readonly Scratch data;
    private readonly Gateway gateway;
    private readonly string[] rows;
    private readonly string header;

    private S3Site(Gateway gateway, Scratch data, string header, string[] rows) => (this.gateway, this.data, this.header, this.rows) = (gateway, data, header, rows);

    /// <summary>The server itself.</summary>
    public Uri Endpoint => gateway.Endpoint;

    /// <summary>The bucket.</summary>
    public string Address => $"s3://{Bucket}";

    /// <summary>The bucket as a folder.</summary>
    public string Folder => Path.Combine(data.Folder, "objects", Bucket);

    /// <summary>Different photographs.</summary>
    public IEnumerable<string> Photographs => PathsOf(rows).Select(path => Path.Combine(Folder, "photographs", Root, path));

    /// <summary>Starts the server and uploads the photographs of the first rows of <c>training.csv</c>.</summary>
    /// <param name="folder">With the list and <c>Manually_Annotated_Images</c>.</param>
    /// <param name="most">Rows.</param>
    public static async Task<S3Site> OfAsync(string folder, int most)
    {
        var lines = File.ReadLines(Path.Combine(folder, "training.csv")).Take(1 + most).ToArray();
        var data = new Scratch();
        Directory.CreateDirectory(Path.Combine(data.Folder, "objects", Bucket));
        var site = new S3Site(await Gateway.StartSparingAsync(Key, Secret, Path.Combine(data.Folder, "objects")), data, lines[0], lines[1..]);
        await site.UploadAsync(folder);
        return site;
    }

    /// <summary>So many faces: the first rows, or all of them under other names again and again.</summary>
    public FaceSet Faces(int count)
    {
        if (sets.TryGetValue(count, out var known)) return known;
        var root = count <= rows.Length ? "photographs" : string.Create(CultureInfo.InvariantCulture, $"names{count}");
        var copies = (count + rows.Length - 1) / rows.Length;
        if (copies > 1) LinkCopies(root, copies);
        var list = Path.Combine(data.Folder, string.Create(CultureInfo.InvariantCulture, $"faces{count}.csv"));
        string[] faces = [.. Enumerable.Range(0, count).Select(face => copies == 1 ? rows[face] : $"{face / rows.Length}/{rows[face % rows.Length]}")];
        File.WriteAllLines(list, faces.Prepend(header));
        return sets[count] = new(count, PathsOf(faces).Count(), list, $"{Address}/{root}", Path.Combine(Folder, root));
    }

    /// <summary>What a client needs to reach the server, or what stands before it.</summary>
    public static Dictionary<string, string> Environment(Uri endpoint) => new()
    {
        ["AWS_ENDPOINT_URL_S3"] = endpoint.AbsoluteUri, ["AWS_ACCESS_KEY_ID"] = Key, ["AWS_SECRET_ACCESS_KEY"] = Secret, ["AWS_REGION"] = Region, ["AWS_DEFAULT_REGION"] = Region,
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    public async ValueTask DisposeAsync()
    {
        await gateway.DisposeAsync();
        data.Dispose();
    }

    private async Task UploadAsync(string folder)
    {
        using var stores = new ObjectStoreFactory(new(Endpoint.AbsoluteUri, Region: Region) { Credentials = new(Key, Secret, null) });
        var root = stores.Open(StorageAddress.Parse($"{Address}/photographs/{Root}"));
        await Parallel.ForEachAsync(PathsOf(rows), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (path, cancellation) =>
            await root.PublishAsync(path, await File.ReadAllBytesAsync(Path.Combine(folder, Root, path), cancellation), cancellation));
    }

    private void LinkCopies(string root, int copies)
    {
        Directory.CreateDirectory(Path.Combine(Folder, root, Root));
        for (var copy = 0; copy < copies; copy++)
        {
            Tools.Run("cp", "-al", Path.Combine(Folder, "photographs", Root), Path.Combine(Folder, root, Root, copy.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static IEnumerable<string> PathsOf(IEnumerable<string> rows) => rows.Select(row => row[..row.IndexOf(',', StringComparison.Ordinal)]).Distinct(StringComparer.Ordinal);
}
