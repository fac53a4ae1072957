using EyeSlots.Core.Storage;
namespace EyeSlots.Storage.S3;
#pragma warning disable CS1591
public sealed record S3Settings(Uri? Endpoint, string? Profile, string? Region) { public static S3Settings FromEnvironment(string? e, string? p, string? r) => new(null, p, r); }
public sealed class ObjectStoreFactory(S3Settings settings) : IObjectStoreFactory, IDisposable { public IObjectStore Open(StorageAddress root) => new LocalObjectStore(root); public void Dispose() { _ = settings; } }
