using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests.Storage.Servers;

namespace EyeSlots.Integration.Tests.Storage;

/// <summary>Plans over very many photographs; how long they take is measured by <c>EyeSlots.Benchmarks -- listing</c>.</summary>
public sealed class ListingDoubleTests(S3Server s3) : IDisposable
{
    private static readonly StorageAddress Root = StorageAddress.Parse("s3://photographs/images");
    private readonly GeneratedKeys keys = new("images/Manually_Annotated_Images/", 200, LongRun.Count(100, 5_000));
    private readonly Scratch scratch = new();

    [Fact]
    public async Task Plan_OfAllPhotographs_IsListedInLittleMoreThanItsPages()
    {
        await using var server = new ListingDouble(keys, new byte[100], TimeSpan.Zero);
        Assert.Equal(0, await MissingAsync(server, List(1), new()));
        Assert.Equal((0, 0), (server.Calls.Heads, server.Calls.Gets));
        Assert.InRange(server.Calls.Lists, keys.Count / 1000, (keys.Count / 1000 * 3 / 2) + 50);
    }

    [Fact]
    public async Task Plan_OfAThousand_ListsNothing()
    {
        await using var server = new ListingDouble(keys, new byte[100], TimeSpan.Zero);
        var list = List(keys.Count / 1000, "Manually_Annotated_Images/");
        Assert.Equal(0, await MissingAsync(server, list, new()));
        Assert.Equal(new ListingCalls(0, 0, 1000, 0), server.Calls);
    }

    [Fact]
    public async Task Plan_OfAThousandBelowAFolderOfArchives_LooksOnceAtEachPlace()
    {
        await using var server = new ListingDouble(keys, new byte[100], TimeSpan.Zero);
        Assert.Equal(0, await MissingAsync(server, List(keys.Count / 1000), new()));
        Assert.InRange(server.Calls.Lists, ImagePlaces.BelowRootPlace, ImagePlaces.BelowRootPlace + 1);
        Assert.InRange(server.Calls.Heads, 1000, 1000 + (3 * SearchEffort.AskedAtOnce));
    }

    [Fact]
    public async Task Plan_OnAServerThatIgnoresWhereAListingBegins_IsTheSame()
    {
        await using var server = new ListingDouble(keys, new byte[100], TimeSpan.Zero);
        await using var deaf = new ListingDouble(keys, new byte[100], TimeSpan.Zero) { IgnoresStart = true };
        var list = List(keys.Count / 2000);
        using var one = Connect(server);
        using var other = Connect(deaf);
        var expected = await ImageSearches.ImagesAsync(one, list, Root, ImageSearches.ListAll);
        Assert.DoesNotContain(expected, face => face.Image.IsAbsent);
        foreach (var effort in (SearchEffort[])[new(), ImageSearches.ListAll, ImageSearches.AskAll]) Assert.Equal(expected, await ImageSearches.ImagesAsync(other, list, Root, effort));
    }

    public void Dispose() => scratch.Dispose();

    private EyeSlots.Storage.S3.ObjectStoreFactory Connect(ListingDouble server) => s3.Connect(server.Endpoint);

    private AnnotationList List(int every, string below = "") => ImageSearches.WriteList(
        scratch["training.csv"], Enumerable.Range(0, keys.Count / every).Select(number => below + keys[number * every]["images/Manually_Annotated_Images/".Length..]));

    private async Task<long> MissingAsync(ListingDouble server, AnnotationList list, SearchEffort effort)
    {
        using var stores = Connect(server);
        using var plan = await ImageSearches.PlanAsync(stores, list, Root, effort);
        return plan.MissingImages;
    }
}
