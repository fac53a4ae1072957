using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests.Storage.Servers;
using EyeSlots.Storage.S3;

namespace EyeSlots.Benchmarks;

/// <summary>Photographs of a folder with a 2017 list, uploaded to a real S3 server of this host.</summary>
internal sealed class S3Photographs : IAsyncDisposable
{
    private const string Key = "benchmark", Secret = "benchmark-secret", Bucket = "bucket", Root = "Manually_Annotated_Images";
    private readonly Scratch data;
    private readonly Gateway gateway;
    private readonly ObjectStoreFactory stores;
    private readonly List<ObjectStat> photographs = [];

    private S3Photographs(Gateway gateway, Scratch data)
    {
        (this.gateway, this.data) = (gateway, data);
        stores = new(new(gateway.Endpoint.AbsoluteUri, Region: "us-east-1") { Credentials = new(Key, Secret, null) });
    }

    /// <summary>Opens roots of the server; lists may lie on this machine.</summary>
    public IObjectStoreFactory Stores => stores;

    /// <summary>The image root.</summary>
    public StorageAddress Images => StorageAddress.Parse($"s3://{Bucket}/images");

    /// <summary>Photographs there.</summary>
    public int Count => photographs.Count;

    /// <summary>Bytes of all.</summary>
    public long Bytes => photographs.Sum(photograph => photograph.Size);

    /// <summary>A dataset root.</summary>
    public StorageAddress Output(string name) => StorageAddress.Parse($"s3://{Bucket}/{name}");

    /// <summary>Uploads by PUT, so that they have ETags, which files laid into the server's folder have not.</summary>
    public static async Task<S3Photographs> OfAsync(string folder)
    {
        var data = new Scratch();
        Directory.CreateDirectory(Path.Combine(data.Folder, Bucket));
        var uploaded = new S3Photographs(await Gateway.StartAsync(Key, Secret, data.Folder), data);
        var root = uploaded.stores.Open(uploaded.Images);
        var files = Directory.EnumerateFiles(Path.Combine(folder, Root), "*", SearchOption.AllDirectories);
        await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (file, cancellation) =>
            await root.PublishAsync(Path.GetRelativePath(folder, file), await File.ReadAllBytesAsync(file, cancellation), cancellation));
        await foreach (var photograph in root.ListAsync("")) uploaded.photographs.Add(photograph);
        return uploaded;
    }

    /// <summary>Reads every photograph, bound to its version as in the job, two at a time.</summary>
    public async Task ReadAllAsync()
    {
        var root = stores.Open(Images);
        await Task.WhenAll(Enumerable.Range(0, 2).Select(async first =>
        {
            var buffer = new ByteBuffer();
            for (var at = first; at < photographs.Count; at += 2)
            {
                if (await root.ReadAsync(photographs[at].Key, photographs[at], buffer, long.MaxValue) != ReadOutcome.Read)
                    throw new InvalidOperationException($"{photographs[at].Key} was not read.");
            }
        }));
    }

    public async ValueTask DisposeAsync()
    {
        stores.Dispose();
        await gateway.DisposeAsync();
        data.Dispose();
    }
}
