using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests.Storage;

namespace EyeSlots.Training.Tests.Tools;

/// <summary>A drawn dataset on an S3 server.</summary>
internal static class ServedDataset
{
    /// <summary>Publishes all files of a dataset in a bucket.</summary>
    public static async Task CopyAsync(DrawnDataset dataset, S3Server server, string bucket)
    {
        var store = server.Factory.Open(StorageAddress.Parse($"s3://{bucket}"));
        foreach (var file in Directory.EnumerateFiles(dataset.Root, "*", SearchOption.AllDirectories))
            Assert.True(await store.PublishAsync(Path.GetRelativePath(dataset.Root, file), await File.ReadAllBytesAsync(file)));
    }
}
