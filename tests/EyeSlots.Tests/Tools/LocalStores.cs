using EyeSlots.Core.Storage;

namespace EyeSlots.Tests.Tools;

/// <summary>Opens local folders.</summary>
internal sealed class LocalStores : IObjectStoreFactory
{
    public IObjectStore Open(StorageAddress root, bool followLinks = false) => new LocalObjectStore(root, followLinks);
}
