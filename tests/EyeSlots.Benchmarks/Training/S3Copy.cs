using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests.Storage.Servers;
using EyeSlots.Storage.S3;

namespace EyeSlots.Benchmarks.Training;

/// <summary>A dataset on a real S3 server of this host, each read of which takes as long as over a network.</summary>
internal sealed class S3Copy : IAsyncDisposable
{
    private const string Key = "benchmark", Secret = "benchmark-secret", Bucket = "bucket";
    private readonly Scratch data = new();
    private readonly Gateway gateway;
    private readonly ServerProcess<DistantCalls> proxy;
    private readonly ObjectStoreFactory stores;

    private S3Copy(Gateway gateway, ServerProcess<DistantCalls> proxy, Scratch data)
    {
        (this.gateway, this.proxy, this.data) = (gateway, proxy, data);
        stores = new(new(proxy.Endpoint.AbsoluteUri, Region: "us-east-1") { Credentials = new(Key, Secret, null) });
    }

    /// <summary>The dataset root on the server.</summary>
    public IObjectStore Root => stores.Open(StorageAddress.Parse($"s3://{Bucket}"));

    /// <summary>Copies a dataset root and serves it.</summary>
    public static async Task<S3Copy> OfAsync(string root, TimeSpan delay)
    {
        var data = new Scratch();
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(data.Folder, Bucket, Path.GetRelativePath(root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var gateway = await Gateway.StartAsync(Key, Secret, data.Folder);
        return new(gateway, await DistantProcess.StartAsync(gateway.Endpoint, new() { Delay = delay }), data);
    }

    public async ValueTask DisposeAsync()
    {
        stores.Dispose();
        await proxy.DisposeAsync();
        await gateway.DisposeAsync();
        data.Dispose();
    }
}
