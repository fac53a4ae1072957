using EyeSlots.Core;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Planning;

/// <summary>Where a listed image is looked up, and by what it is told apart.</summary>
public sealed class ImageLocatorTests : IDisposable
{
    private const string M = "Manually_Annotated_Images/", A = "Automatically_Annotated_Images/";
    private readonly TempFolder root = new();

    [Theory]
    [InlineData("1/a.jpg", "1/a.jpg", "1/a.jpg")]
    [InlineData("1/a.jpg", M + "1/a.jpg", M + "1/a.jpg")]
    [InlineData("1/a.jpg", M + M + "1/a.jpg", M + M + "1/a.jpg")]
    [InlineData("1/a.jpg", "1/a.jpg", "1/a.jpg", M + "1/a.jpg", M + M + "1/a.jpg")]
    [InlineData("1/a.jpg", M + "1/a.jpg", M + "1/a.jpg", M + M + "1/a.jpg")]
    [InlineData("1/a.bmp", "1/a.jpg", "1/a.jpg")]
    [InlineData("1/a.bmp", M + "1/a.JPG", M + "1/a.JPG")]
    [InlineData("1/a.bmp", M + M + "1/a.bmp", "1/a.jpg", M + M + "1/a.bmp")]
    [InlineData("1/a.bmp", "1/a.png", "1/a.png", M + "1/a.jpg")]
    [InlineData("1/a.bmp", "1/a.jpg", "1/a.JPG", "1/a.png", "1/a.jpg", "1/a.jpeg")]
    [InlineData("1/a.bmp", "1/a.webp", "1/a.webp")]
    [InlineData("1/a.b.tif", "1/a.b.jpg", "1/a.jpg", "1/a.b.jpg")]
    [InlineData("1/a", "1/a.jpg", "1/a.jpg")]
    [InlineData("1/a.jpg", A + "1/a.jpg", A + "1/a.jpg")]
    [InlineData("1/a.jpg", A + A + "1/a.jpg", A + A + "1/a.jpg")]
    [InlineData("1/a.jpg", M + M + "1/a.jpg", M + M + "1/a.jpg", A + "1/a.jpg")]
    [InlineData("1/a.jpg", A + "1/a.jpg", A + "1/a.jpg", A + A + "1/a.jpg", "1/a.png")]
    [InlineData("1/a.bmp", A + "1/a.png", A + "1/a.png", A + A + "1/a.jpg")]
    [InlineData("1/a.jpg", null, M + A + "1/a.jpg", A + M + "1/a.jpg", A + A + A + "1/a.jpg")]
    [InlineData(M + "1/a.jpg", M + "1/a.jpg", M + "1/a.jpg", M + M + "1/a.jpg")]
    [InlineData("root/1/a.jpg", "1/a.jpg", "1/a.jpg")]
    [InlineData("root/1/a.jpg", "root/1/a.jpg", "root/1/a.jpg", "1/a.jpg")]
    [InlineData("root/1/a.bmp", "1/a.jpg", "1/a.jpg")]
    [InlineData("rooted/1/a.jpg", null, "1/a.jpg", "ed/1/a.jpg")]
    [InlineData("1/a.", "1/a.jpg", "1/a.jpg")]
    [InlineData("1/a.jpg", null, "1/b.jpg", "1/a.gif", "a.jpg")]
    [InlineData("1/a.jpg", null)]
    public async Task Find_FilesInSomePlaces_TakesTheFirst(string listed, string? found, params string[] files)
    {
        foreach (var file in files) root.Write("root/" + file, file);
        var below = new LocalObjectStore(StorageAddress.Parse(root.At("root")));
        foreach (var listing in (bool[])[false, true])
        {
            Assert.Equal(found ?? "", (await Searched.FindAsync(new Listed(below, listing), listed)).Path);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Find_ALinkOutOfTheRoot_IsToldByItsPathAlone(bool listing)
    {
        using var elsewhere = new TempFolder();
        elsewhere.Write("a.jpg", "x");
        File.SetLastWriteTimeUtc(elsewhere.At("a.jpg"), new(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        File.CreateSymbolicLink(root.At("a.jpg"), elsewhere.At("a.jpg"));
        Assert.Equal(ImageIdentity.Outside("a.jpg"), await FindAsync(root.Store, "a.jpg", listing));
        File.Delete(root.At("a.jpg"));
        File.Copy(elsewhere.At("a.jpg"), root.At("a.jpg"));
        File.SetLastWriteTimeUtc(root.At("a.jpg"), File.GetLastWriteTimeUtc(elsewhere.At("a.jpg")));
        var copied = await FindAsync(root.Store, "a.jpg", listing);
        Assert.False(copied.IsOutside);
        File.Delete(root.At("a.jpg"));
        File.CreateSymbolicLink(root.At("a.jpg"), elsewhere.At("a.jpg"));
        Assert.Equal(copied, await FindAsync(new LocalObjectStore(StorageAddress.Parse(root.Path), followLinks: true), "a.jpg", listing));
    }

    [Fact]
    public async Task Find_AFolderOfThatName_IsAbsent()
    {
        root.Write("1/a.jpg/b.jpg", "x");
        Assert.True((await FindAsync("1/a.jpg", hash: false)).IsAbsent);
    }

    [Fact]
    public async Task Find_ImagesOfManyFolders_FindsEachAsIfItWereLookedForAlone()
    {
        var random = new Random(5);
        string[] places = ["", M, M + M, A, A + A], folders = ["1/", "2/", "1/3/", ""];
        List<string> listed = [];
        for (var image = 0; image < 120; image++)
        {
            var path = $"{folders[random.Next(folders.Length)]}{image}.jpg";
            listed.Add(path);
            if (image % 5 > 0) root.Write(places[random.Next(places.Length)] + (image % 7 == 0 ? Path.ChangeExtension(path, ".png") : path), path);
        }

        var together = await Searched.FindAllAsync(root.Store, listed);
        for (var image = 0; image < listed.Count; image++) Assert.Equal(await FindAsync(listed[image], hash: false), together[image]);
    }

    [Fact]
    public async Task Find_ImagesOfAFolderInALaterPlace_LooksOnceInThePlacesWithoutIt()
    {
        List<string> listed = [.. Enumerable.Range(0, 50).Select(image => $"7/{image}.jpg")];
        foreach (var path in listed) root.Write(M + M + path, "x");
        var watched = new Watched(root.Store);
        await Searched.FindAllAsync(watched, listed);
        Assert.Equal(listed.Count + 2, watched.Looked);
    }

    [Fact]
    public async Task Find_ImagesOfAFolderThatIsNowhere_LooksOnceInEachPlaceAndForNoOtherExtension()
    {
        var watched = new Watched(root.Store);
        var found = await Searched.FindAllAsync(watched, [.. Enumerable.Range(0, 50).Select(image => $"7/{image}.jpg")]);
        Assert.All(found, image => Assert.True(image.IsAbsent));
        Assert.Equal(ImagePlaces.Count - 1, watched.Looked);
    }

    [Fact]
    public async Task Find_AnotherExtensionInAFolderThatIsALinkOutOfTheRoot_IsOutside()
    {
        using var elsewhere = new TempFolder();
        elsewhere.Write("a.png", "x");
        Directory.CreateSymbolicLink(root.At("1"), elsewhere.Path);
        Assert.Equal(ImageIdentity.Outside("1/a.png"), await FindAsync("1/a.jpg", hash: false));
    }

    [Fact]
    public async Task Find_WithHashImages_KnowsTheContentAlone()
    {
        root.Write("a.jpg", "one");
        var (plain, hashed) = (await FindAsync("a.jpg", hash: false), await FindAsync("a.jpg", hash: true));
        File.SetLastWriteTimeUtc(root.At("a.jpg"), new(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        Assert.NotEqual(plain, await FindAsync("a.jpg", hash: false));
        Assert.Equal(hashed, await FindAsync("a.jpg", hash: true));
        root.Write("a.jpg", "two");
        File.SetLastWriteTimeUtc(root.At("a.jpg"), new(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        Assert.NotEqual(hashed, await FindAsync("a.jpg", hash: true));
        Assert.Equal(("a.jpg", 0, "sha256:3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3"), Parts(await FindAsync("a.jpg", hash: true)));
    }

    [Fact]
    public async Task Find_AnImageThatChangesWhileItIsHashed_IsImageChanged()
    {
        root.Write("a.jpg", "one");
        var locator = new ImageLocator(new Changing(root.Store, () => root.Write("a.jpg", "three")), hashImages: true);
        var error = await Assert.ThrowsAsync<EyeSlotsException>(async () => await locator.FindAsync("a.jpg", PlannedFace.HashOf("a.jpg"), CancellationToken.None));
        Assert.Equal(ErrorCodes.ImageChanged, error.Code);
    }

    public void Dispose() => root.Dispose();

    private async Task<ImageIdentity> FindAsync(string path, bool hash)
    {
        using var locator = new ImageLocator(root.Store, hash);
        return await locator.FindAsync(path, PlannedFace.HashOf(path), CancellationToken.None);
    }

    private static Task<ImageIdentity> FindAsync(IObjectStore store, string path, bool listing) => Searched.FindAsync(new Listed(store, listing), path);

    private static (string, long, string) Parts(ImageIdentity image) => (image.Path, image.Size, image.Version);

    private sealed class Listed(IObjectStore inner, bool prefers) : WrappedStore(inner)
    {
        public override bool PrefersListing => prefers;
    }

    private sealed class Watched(IObjectStore inner) : WrappedStore(inner)
    {
        public int Looked { get; private set; }

        public override ValueTask<ObjectStat?> StatAsync(string key, CancellationToken cancellation = default)
        {
            Looked++;
            return base.StatAsync(key, cancellation);
        }
    }

    private sealed class Changing(IObjectStore inner, Action change) : WrappedStore(inner)
    {
        public override ValueTask<ReadOutcome> ReadAsync(
            string key, ObjectStat? expected, ByteBuffer buffer, long maxBytes, CancellationToken cancellation = default)
        {
            change();
            return base.ReadAsync(key, expected, buffer, maxBytes, cancellation);
        }
    }
}
