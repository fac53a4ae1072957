using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;

namespace EyeSlots.Tests.Planning;

/// <summary>Looks for the images of some paths as a plan does: all are expected, then all are looked for together, then each is found.</summary>
internal static class Searched
{
    public static async Task<ImageIdentity> FindAsync(IObjectStore images, string path) => (await FindAllAsync(images, [path]))[0];

    public static async Task<IReadOnlyList<ImageIdentity>> FindAllAsync(IObjectStore images, IReadOnlyList<string> paths, SearchEffort? effort = null)
    {
        using var faces = new FaceSpool();
        using var locator = new ImageLocator(images, hashImages: false, effort);
        List<PlannedFace> planned = [];
        var records = new PackedWriter();
        foreach (var path in paths)
        {
            records.Shorten(0);
            FaceRecord.Write(new AnnotationRow { ImagePath = path }, records);
            planned.Add(new(PlannedFace.HashOf(path), faces.Append(records.Written)));
            locator.Expect(path, planned[^1].Hash);
        }

        faces.Flush();
        await locator.PrepareAsync(new([new("list", planned.ToArray())], faces), CancellationToken.None);
        List<ImageIdentity> found = [];
        foreach (var path in paths) found.Add(await locator.FindAsync(path, PlannedFace.HashOf(path), CancellationToken.None));
        return found;
    }
}
