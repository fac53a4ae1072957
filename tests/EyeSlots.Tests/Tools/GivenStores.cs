using EyeSlots.Core.Storage;

namespace EyeSlots.Tests.Tools;

/// <summary>Opens the stores that it was given by their addresses, and local folders for all others.</summary>
internal sealed class GivenStores(params IObjectStore[] given) : IObjectStoreFactory
{
    public IObjectStore Open(StorageAddress root, bool followLinks = false) =>
        Array.Find(given, store => store.Address == root) ?? new LocalObjectStore(root, followLinks);
}
