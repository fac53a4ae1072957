using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Tests.Planning;

/// <summary>From lists and images to slices.</summary>
public sealed class PlannerTests
{
    private static readonly string[] Paths = [.. Enumerable.Range(0, 2_000).Select(at => $"{at % 7}/{at}.jpg")];

    [Fact]
    public async Task Plan_RowsInAnyOrder_IsTheSame()
    {
        var shuffled = Paths.ToArray();
        new Random(5).Shuffle(shuffled);
        Assert.Equal(
            await new PlanInput().With("training", Paths).FingerprintsAsync(),
            await new PlanInput().With("training", shuffled).FingerprintsAsync());
    }

    [Fact]
    public async Task Plan_AnotherRootOrWayToLook_IsTheSame()
    {
        var first = await new PlanInput().With("training", Paths).FingerprintsAsync();
        var elsewhere = new PlanInput { Images = new("/mnt/elsewhere") { PrefersListing = false, ReadsAtOnce = 32 } };
        Assert.Equal(first, await elsewhere.With("training", Paths).FingerprintsAsync());
    }

    [Fact]
    public async Task Plan_SeveralLists_KeepsEachApart()
    {
        using var plan = await new PlanInput().With("validation", Paths[..10]).With("training", Paths).PlanAsync();
        Assert.Equal(2_010, plan.Faces);
        Assert.Equal("validation", plan.Slices[^1].List);
        Assert.Equal(10, plan.Slices[^1].Faces);
        Assert.All(plan.Slices.SkipLast(1), slice => Assert.Equal("training", slice.List));
        var alone = await new PlanInput().With("training", Paths).FingerprintsAsync();
        Assert.Equal(alone, plan.Slices.SkipLast(1).Select(slice => slice.Fingerprint));
    }

    [Fact]
    public async Task Load_FacesOfOneImage_StandTogetherInFileOrder()
    {
        var input = new PlanInput().With("training", "b.jpg", "a.jpg");
        input.Rows["training"].AddRange([ListText.Row("a.jpg", expression: "2"), ListText.Row(@"a.jpg", expression: "3"), ListText.Row("c.jpg")]);
        using var plan = await input.PlanAsync();
        var slice = plan.Load(Assert.Single(plan.Slices));
        var faces = slice.Faces.Where(face => face.Key.ImagePath == "a.jpg").ToList();
        Assert.Equal([(0, 1), (1, 2), (2, 3)], faces.Select(face => (face.Key.FaceIndex, face.Expression!.Value)));
        Assert.Equal(2, slice.Faces.ToList().IndexOf(faces[2]) - slice.Faces.ToList().IndexOf(faces[0]));
        Assert.Equal(1, plan.MissingImages);
    }

    [Fact]
    public async Task Load_ADamagedRowBesideASoundOneOfItsImage_LeavesTheSoundOneItsImage()
    {
        var input = new PlanInput().With("training", "a.jpg");
        input.Rows["training"].Insert(0, ListText.Row("a.jpg", valence: "7"));
        input.Rows["training"].Add(ListText.Row("gone.jpg", landmarks: "1;2"));
        using var plan = await input.PlanAsync();
        var faces = plan.Load(Assert.Single(plan.Slices)).Faces.Where(face => face.Key.ImagePath == "a.jpg").ToList();
        Assert.Equal([RejectCode.AnnotationInvalid, null], faces.Select(face => face.Defect?.Code));
        Assert.Equal([true, false], faces.Select(face => face.Image.IsAbsent));
        Assert.Equal(0, plan.MissingImages);
    }

    [Fact]
    public async Task Load_AFaceAsRead_HasItsEyePointsAndLabels()
    {
        using var plan = await new PlanInput().With("training", "a.jpg").PlanAsync();
        var face = Assert.Single(plan.Load(plan.Slices[0]).Faces);
        var row = Assert.Single(Lists.Read(ListText.List(ListText.Row("a.jpg"))));
        var eyes = new double[46];
        EyeSlots.Core.Geometry.EyeLandmarks.Select(row.Landmarks, eyes);
        Assert.Equal(eyes, face.Eyes);
        Assert.Equal((1, 0.5f, -0.25f), (face.Expression!.Value, face.Valence!.Value, face.Arousal!.Value));
        Assert.Equal(new ImageIdentity("a.jpg", 3, "1"), face.Image);
    }

    [Fact]
    public async Task Plan_AListThatIsNotThere_IsListUnreadable()
    {
        using var folder = new TempFolder();
        var planner = new Planner(new LocalStores(), folder.Store, NullLogger.Instance);
        var list = new AnnotationList("training", StorageAddress.Parse(folder.At("none.csv")));
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => planner.PlanAsync([list], new(), false, null, CancellationToken.None));
        Assert.Equal(ErrorCodes.ListUnreadable, error.Code);
    }
}
