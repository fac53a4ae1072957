using System.Runtime.CompilerServices;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Planning;

/// <summary>Listing in parts, listing all, asking one by one and giving a listing up find the same images.</summary>
public sealed class BucketImagesTests
{
    private const string M = "Manually_Annotated_Images/", A = "Automatically_Annotated_Images/";
    private static readonly string[] Folders = ["", M, M + M, A, A + A];
    private static readonly SearchEffort AskAll = new(MostAsked: int.MaxValue), ListAll = new(MostAsked: 0, ImagesInPart: 3), GiveUp = new(MostAsked: 0, ImagesInPart: 3, FewestParts: 1, SparePages: -1000);

    [Fact]
    public async Task Find_RandomRoots_IsTheSameByEveryWayAndAsInAFolder()
    {
        var random = new Random(3);
        for (var round = 0; round < 60; round++)
        {
            var (bucket, folder) = (new MemoryStore("s3://bucket/root"), new MemoryStore("/mnt/root") { PrefersListing = false });
            foreach (var key in Enumerable.Range(0, random.Next(60)).Select(_ => Key(random)))
            {
                var version = $"{random.Next()}";
                bucket.Put(key, new byte[random.Next(4)], version);
                folder.Put(key, (await Bytes(bucket, key)), version);
            }

            string[] paths = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => Path(random)).Distinct()];
            var expected = await Searched.FindAllAsync(folder, paths);
            foreach (var effort in (SearchEffort[])[AskAll, ListAll, GiveUp, new(MostAsked: 5)])
            {
                Assert.Equal(expected, await Searched.FindAllAsync(bucket, paths, effort));
                Assert.Equal(expected, await Searched.FindAllAsync(new Unordered(bucket, lieAfter: 0), paths, effort));
                Assert.Equal(expected, await Searched.FindAllAsync(new Unordered(bucket, random.Next(1, 20)), paths, effort));
            }
        }
    }

    [Fact]
    public async Task Find_FewImagesOfManyKeys_ListsNothing()
    {
        var bucket = new Counting(Bucket(4_000));
        string[] paths = [.. Enumerable.Range(0, 100).Select(number => $"{number}.jpg")];
        Assert.DoesNotContain(await Searched.FindAllAsync(bucket, paths), image => image.IsAbsent);
        Assert.Equal((0, 100), (bucket.Pages, bucket.Looks));
    }

    [Fact]
    public async Task Find_ManyImages_ListsThemAndAsksForNone()
    {
        var bucket = new Counting(Bucket(4_000));
        string[] paths = [.. Enumerable.Range(0, 4_000).Select(number => $"{number}.jpg")];
        Assert.DoesNotContain(await Searched.FindAllAsync(bucket, paths), image => image.IsAbsent);
        Assert.Equal(0, bucket.Looks);
        Assert.InRange(bucket.Pages, 4, 40);
    }

    [Fact]
    public async Task Find_ManyImagesAmongFarMoreKeys_GivesTheListingUpAndAsks()
    {
        var bucket = new Counting(Bucket(30_000));
        string[] paths = [.. Enumerable.Range(0, 60).Select(number => $"{number * 500}.jpg")];
        Assert.DoesNotContain(await Searched.FindAllAsync(bucket, paths, new(MostAsked: 10, SparePages: 4)), image => image.IsAbsent);
        Assert.InRange(bucket.Looks, 1, 60);
        Assert.InRange(bucket.Pages, 10, 30 + KeyRange.ListedAtOnce);
    }

    [Fact]
    public async Task Find_ImagesThatAreMissing_CostsAShortListingEach()
    {
        var bucket = new Counting(Bucket(100));
        string[] paths = [.. Enumerable.Range(0, 50).Select(number => $"{number + 1_000}.jpg"), "1.jpg", "2.png"];
        var found = await Searched.FindAllAsync(bucket, paths);
        Assert.Equal((50, "1.jpg", "2.jpg"), (found.Count(image => image.IsAbsent), found[^2].Path, found[^1].Path));
        Assert.Equal((52, 51 + ImagePlaces.BelowRootPlace), (bucket.Looks, bucket.Pages));
    }

    [Fact]
    public async Task Find_OnAServerThatListsInAnotherOrderWithoutShowingIt_FindsAll()
    {
        var bucket = Bucket(3_000);
        bucket.Put("a-b/1.jpg", [1]);
        string[] paths = [.. Enumerable.Range(0, 3_000).Select(number => $"{number}.jpg"), "a-b/1.jpg"];
        Assert.DoesNotContain(await Searched.FindAllAsync(new Hiding(bucket), paths), image => image.IsAbsent);
    }

    private static MemoryStore Bucket(int count)
    {
        var bucket = new MemoryStore("s3://bucket/root");
        for (var number = 0; number < count; number++) bucket.Put($"{number}.jpg", [1]);
        return bucket;
    }

    private static async Task<byte[]> Bytes(MemoryStore store, string key)
    {
        var buffer = new ByteBuffer();
        await store.ReadAsync(key, null, buffer, 100);
        return buffer.Span.ToArray();
    }

    private static string Key(Random random) => Folders[random.Next(Folders.Length)] + Path(random);

    private static string Path(Random random)
    {
        string[] folders = ["", "1/", "10/", "2/", "root/", "root/1/", M, "é/", "😀/"], names = ["a", "b", "a.b", "a-", "\uFFFD"], ends = [".jpg", ".JPG", ".png", ".bmp", "", ".gif"];
        return folders[random.Next(folders.Length)] + names[random.Next(names.Length)] + ends[random.Next(ends.Length)];
    }

    private sealed class Counting(IObjectStore inner) : WrappedStore(inner)
    {
        private int pages, looks;

        public int Pages => pages;

        public int Looks => looks;

        public override ValueTask<ObjectStat?> StatAsync(string key, CancellationToken cancellation = default)
        {
            Interlocked.Increment(ref looks);
            return base.StatAsync(key, cancellation);
        }

        public override async IAsyncEnumerable<IReadOnlyList<ObjectStat>> ListRangeAsync(
            KeyRange range, int mostKeys = KeyRange.PageKeys, [EnumeratorCancellation] CancellationToken cancellation = default)
        {
            Interlocked.Increment(ref pages);
            await foreach (var page in base.ListRangeAsync(range, mostKeys, cancellation)) yield return page;
        }
    }

    /// <summary>A server that turns out not to list in order at one of its pages.</summary>
    private sealed class Unordered(IObjectStore inner, int lieAfter) : WrappedStore(inner)
    {
        private int left = lieAfter;

        public override bool ListsRanges => Volatile.Read(ref left) > 0;

        public override async IAsyncEnumerable<IReadOnlyList<ObjectStat>> ListRangeAsync(
            KeyRange range, int mostKeys = KeyRange.PageKeys, [EnumeratorCancellation] CancellationToken cancellation = default)
        {
            await foreach (var page in base.ListRangeAsync(range, mostKeys, cancellation))
            {
                if (Interlocked.Decrement(ref left) <= 0) yield break;
                yield return page;
            }
        }
    }

    /// <summary>A server on which a part of the keys passes some over, since they come before or behind it in its own order.</summary>
    private sealed class Hiding(IObjectStore inner) : WrappedStore(inner)
    {
        public override async IAsyncEnumerable<IReadOnlyList<ObjectStat>> ListRangeAsync(
            KeyRange range, int mostKeys = KeyRange.PageKeys, [EnumeratorCancellation] CancellationToken cancellation = default)
        {
            await foreach (var page in base.ListRangeAsync(range, mostKeys, cancellation)) yield return [.. page.Where(file => !file.Key.Contains('-'))];
        }
    }
}
