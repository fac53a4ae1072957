using System.Runtime.CompilerServices;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Annotations;

/// <summary>The files of a folder of the 2021 layout, listed in parts.</summary>
public sealed class NumberedFilesTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(7, true)]
    [InlineData(999, true)]
    [InlineData(1_000, true)]
    [InlineData(12_345, true)]
    [InlineData(2_345, false)]
    public async Task List_AFolderOfAnySize_GivesEachFileOnceAndNoOther(int count, bool listsRanges)
    {
        var store = new MemoryStore("s3://bucket/train_set") { ListsRanges = listsRanges };
        string[] names = [.. Enumerable.Range(0, count).Select(number => $"images/{number}.jpg"), .. count == 0 ? (string[])[] : ["images/.hidden", "images/Thumbs.db", "images/é.jpg"]];
        foreach (var name in names) store.Put(name, [1]);
        foreach (var beside in (string[])["annotations/0_exp.npy", "images.jpg", "images-2/0.jpg", "images0"]) store.Put(beside, [1]);
        Assert.Equal(names.Order(), (await NumberedFiles.ListAsync(store, "images/", CancellationToken.None)).Order());
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(12_345)]
    public async Task List_AFolderOfManyPages_IsGivenNoKeyTwice(int count)
    {
        var store = new MemoryStore("s3://bucket/train_set");
        for (var number = 0; number < count; number++) store.Put($"images/{number}.jpg", [1]);
        var watched = new Watched(store);
        await NumberedFiles.ListAsync(watched, "images/", CancellationToken.None);
        Assert.Equal(count, watched.Given);
    }

    private sealed class Watched(IObjectStore inner) : WrappedStore(inner)
    {
        private int given;

        public int Given => given;

        public override async IAsyncEnumerable<IReadOnlyList<ObjectStat>> ListRangeAsync(
            KeyRange range, int mostKeys = KeyRange.PageKeys, [EnumeratorCancellation] CancellationToken cancellation = default)
        {
            await foreach (var page in base.ListRangeAsync(range, mostKeys, cancellation))
            {
                Interlocked.Add(ref given, page.Count);
                yield return page;
            }
        }
    }
}
