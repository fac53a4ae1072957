using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests.Storage.Servers;
using Microsoft.AspNetCore.Http;

namespace EyeSlots.Integration.Tests.Storage;

/// <summary>Parts of a real server's keys, and images that are looked for by each way on it.</summary>
public sealed class S3ListingTests(S3Server s3) : IAsyncLifetime
{
    private const string M = "Manually_Annotated_Images/", A = "Automatically_Annotated_Images/";

    private static readonly string[] Keys =
    [
        "1/a.jpg", "1/a.b.jpg", "1/a-b.jpg", "1/b.JPG", "10/a.jpg", "1-2/a.jpg", "1.5/a.jpg", "2/a b.jpg", "2/a+b.jpg", "2/100%.jpg", "2/a&b<c>.jpg", "é/顔.jpg",
        "é/\uFFFD.jpg", "é/😀.jpg", "no-extension/a", M + "3/a.jpg", M + "3/😀.png", M + M + "4/a.jpg", A + "5/a.bmp", A + A + "6/a.tif", "below/7/a.jpg", "z.jpg", "Z.jpg", "0.jpg",
    ];

    private static readonly string[] Paths =
    [
        "1/a.jpg", "1/a.b.jpg", "1/a-b.jpg", "1/b.jpg", "10/a.png", "1-2/a.jpg", "1.5/a.jpg", "2/a b.jpg", "2/a+b.jpg", "2/100%.jpg", "2/a&b<c>.jpg", "é/顔.jpg", "é/\uFFFD.jpg",
        "é/😀.jpg", "no-extension/a", "no-extension/a.jpg", "3/a.jpg", "3/😀.jpg", "4/a.jpg", "5/a.jpg", "6/a.tif", "root/below/7/a.jpg", "root/z.jpg", "z.jpg", "Z.jpg", "0.jpg",
        "missing/a.jpg", "1/missing.jpg", "1", M + "3/a.jpg", "marker/a.jpg", new string('x', 2_000) + ".jpg", "long/" + new string('y', 300) + ".jpg", "1/a.jpg/b.jpg",
    ];

    private readonly string bucket = S3Names.Bucket();
    private readonly Scratch scratch = new();

    private StorageAddress Root => StorageAddress.Parse($"s3://{bucket}/some/root");

    public async ValueTask InitializeAsync()
    {
        await s3.CreateBucketAsync(bucket);
        foreach (var key in Keys) await s3.PutAsync(bucket, "some/root/" + key, key);
        foreach (var key in (string[])["some/root-2/1/a.jpg", "some/roo", "some/root/marker/"]) await s3.PutAsync(bucket, key, "");
        await s3.PutInPartsAsync(bucket, "some/root/parts.jpg", new byte[5 << 20], new byte[7]);
    }

    public ValueTask DisposeAsync()
    {
        scratch.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task ListRange_AnyPartInPagesOfAnySize_IsThatPartInTheOrderOfBytes()
    {
        var store = s3.Factory.Open(Root);
        List<ObjectStat> all = [];
        await foreach (var stat in store.ListAsync("")) all.Add(stat);
        all.Sort((left, right) => KeyOrder.Compare(left.Key, right.Key));
        Assert.Equal(Keys.Length + 1, all.Count);
        var random = new Random(9);
        for (var round = 0; round < LongRun.Count(60, 2_000); round++)
        {
            var range = new KeyRange(random.Next(5) == 0 ? "" : End(), random.Next(5) == 0 ? null : End());
            List<ObjectStat> part = [];
            await foreach (var page in store.ListRangeAsync(range, random.Next(1, 9))) part.AddRange(page);
            Assert.Equal(all.Where(stat => KeyOrder.Compare(stat.Key, range.After) > 0 && !range.IsBefore(stat.Key)), part);
        }

        Assert.True(store.ListsRanges);

        string End() => Keys[random.Next(Keys.Length)] is var key && random.Next(2) == 0 ? key : key[..random.Next(1, key.Length)] is var cut && char.IsHighSurrogate(cut[^1]) ? key : cut;
    }

    [Fact]
    public async Task Plan_ByEveryWayToLook_FindsTheSameImagesUnderTheSameVersions()
    {
        var list = ImageSearches.WriteList(scratch["training.csv"], [.. Paths, "parts.jpg"]);
        var expected = await ImageSearches.ImagesAsync(s3.Factory, list, Root, ImageSearches.AskAll);
        Assert.Equal(8, expected.Count(face => face.Image.IsAbsent));
        Assert.EndsWith("-2", expected.Single(face => face.Path == "parts.jpg").Image.Version);
        foreach (var effort in (SearchEffort[])[ImageSearches.ListAll, ImageSearches.GiveUp, new(MostAsked: 10), new()])
            Assert.Equal(expected, await ImageSearches.ImagesAsync(s3.Factory, list, Root, effort));
    }

    [Fact]
    public async Task Plan_ByEveryWayToLook_HasTheSameFingerprints()
    {
        var list = ImageSearches.WriteList(scratch["training.csv"], Paths);
        using var asked = await ImageSearches.PlanAsync(s3.Factory, list, Root, ImageSearches.AskAll);
        using var listed = await ImageSearches.PlanAsync(s3.Factory, list, Root, ImageSearches.ListAll);
        Assert.Equal(asked.Slices, listed.Slices);
        Assert.Equal(asked.MissingImages, listed.MissingImages);
    }

    [Fact]
    public async Task Plan_OfObjectsWithoutAnETag_HasTheSameFingerprints()
    {
        var folder = Directory.CreateDirectory(Path.Combine(s3.DataFolder, bucket, "some", "root", "by-hand")).FullName;
        for (var number = 0; number < 9; number++) File.WriteAllText(Path.Combine(folder, $"{number}.jpg"), "x");
        var list = ImageSearches.WriteList(scratch["training.csv"], Enumerable.Range(0, 9).Select(number => $"by-hand/{number}.jpg"));
        var asked = await ImageSearches.ImagesAsync(s3.Factory, list, Root, ImageSearches.AskAll);
        Assert.All(asked, face => Assert.StartsWith("m:", face.Image.Version));
        Assert.Equal(asked, await ImageSearches.ImagesAsync(s3.Factory, list, Root, ImageSearches.ListAll));
    }

    [Fact]
    public async Task Plan_OfArchivedImages_KnowsThemByEveryWayToLook()
    {
        using var forwarder = new Forwarder(s3.Endpoint);
        await using var archive = await SmallServer.StartAsync(context =>
        {
            if (HttpMethods.IsHead(context.Request.Method)) context.Response.Headers["x-amz-storage-class"] = "GLACIER";
            return forwarder.ForwardAsync(context, text => text.Replace(">STANDARD<", ">GLACIER<", StringComparison.Ordinal));
        });
        using var stores = s3.Connect(archive.Endpoint);
        var list = ImageSearches.WriteList(scratch["training.csv"], Paths);
        foreach (var effort in (SearchEffort[])[ImageSearches.AskAll, ImageSearches.ListAll, ImageSearches.GiveUp])
        {
            using var plan = await ImageSearches.PlanAsync(stores, list, Root, effort);
            Assert.Contains($"The images of {Paths.Length - 8} faces", Assert.Throws<StorageException>(() => plan.RequireReadable([.. plan.Slices])).Message);
        }
    }

    [Fact]
    public void ListsRanges_OfADirectoryBucket_IsFalse() =>
        Assert.False(s3.Factory.Open(StorageAddress.Parse("s3://photographs--usw2-az1--x-s3/root")).ListsRanges);
}
