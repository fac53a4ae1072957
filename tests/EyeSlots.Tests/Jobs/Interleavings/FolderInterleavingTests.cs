using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Jobs.Interleavings;

/// <summary>The same on a folder, where each call waits for the disk: a part of the calls in the short form.</summary>
public sealed class FolderInterleavingTests(ITestOutputHelper output) : IDisposable
{
    private readonly TempFolder folder = new();
    private int roots;

    [Fact]
    public async Task AllPairs_InAFolder_EndSound()
    {
        using var pairs = new Pairs(OpenAsync, LongRun.Count(6, 1));
        output.WriteLine($"{await pairs.AllAsync()} interleavings in folders");
    }

    public void Dispose() => folder.Dispose();

    private Task<IObjectStore> OpenAsync() => Task.FromResult<IObjectStore>(new LocalObjectStore(StorageAddress.Parse(folder.At($"{roots++}"))));
}
