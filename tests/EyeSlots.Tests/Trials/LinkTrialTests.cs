using EyeSlots.Core;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Trials;

/// <summary>Links that lead out of the image root, or of a list's folder.</summary>
public sealed class LinkTrialTests
{
    [Fact]
    public async Task Links_OutOfTheImageRoot_AreRejectedByName()
    {
        using var folder = Linked("links", "snap/0.jpg", "snap/1.jpg", "AffectNet/train_set/images");
        using var trial = new Trial(folder.Path);
        var planned = await trial.RunAsync("list.csv", "snap", options => options with { DryRun = true });
        Assert.Equal(2, planned.Rejected["annotation-invalid"]);
        Assert.Contains(planned.FirstLinkOut, (string[])["0.jpg", "1.jpg"]);
        var run = await trial.RunAsync("list.csv", "snap");
        Assert.Equal((2, planned.FirstLinkOut), (run.Rejected["annotation-invalid"], run.FirstLinkOut));
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => trial.RunAsync("list.csv", "snap", options => options with { MaxRejected = 0.05 }));
        Assert.Equal(ErrorCodes.TooManyRejected, error.Code);
        Assert.Contains($"{planned.FirstLinkOut} is a link that leads out of --images: --follow-links", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_OutOfTheImageRoot_AreReadWithFollowLinks()
    {
        using var folder = Linked("links", "snap/0.jpg", "snap/1.jpg", "AffectNet/train_set/images");
        using var trial = new Trial(folder.Path);
        Assert.Equal(2, (await trial.CropsAsync("list.csv", "snap", options => options with { FollowLinks = true })).Count);
    }

    [Fact]
    public async Task Links_AnImagesFolderThatIsOne_IsNamedWithTheOption()
    {
        using var folder = Linked("links", "snap/0.jpg", "snap/1.jpg", "AffectNet/train_set/images");
        using var trial = new Trial(folder.Path);
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => trial.RunAsync("AffectNet/train_set", "AffectNet"));
        Assert.Equal(ErrorCodes.ListUnreadable, error.Code);
        Assert.Contains("images is a link that leads out of the folder; --follow-links", error.Message, StringComparison.Ordinal);
        Assert.Single(await trial.CropsAsync("AffectNet/train_set", "AffectNet", options => options with { FollowLinks = true }));
    }

    [Fact]
    public async Task RejectStays_OnceTheFilesThemselvesAreThere_ItIsTriedAgain()
    {
        using var folder = new TempFolder();
        using var given = Trial.Named("reject-stays");
        using var trial = new Trial(folder.Path);
        File.Copy(given.At("links.csv"), folder.At("links.csv"));
        Directory.CreateDirectory(folder.At("root"));
        foreach (var name in (string[])["0.jpg", "1.jpg"])
        {
            folder.Write("blobs/" + name, File.ReadAllBytes(given.At("blobs/" + name)));
            File.CreateSymbolicLink(folder.At("root/" + name), "../blobs/" + name);
        }

        Assert.Equal(2, (await trial.RunAsync("links.csv", "root")).Rejected["annotation-invalid"]);
        var followed = await trial.CropsAsync("links.csv", "root", options => options with { FollowLinks = true });
        foreach (var name in (string[])["0.jpg", "1.jpg"]) CopyWithItsTime(folder.At("blobs/" + name), folder.At("root/" + name));
        var copied = await trial.CropsAsync("links.csv", "root");
        Assert.Equal(followed.Select(row => row.Slot.ToArray()), copied.Select(row => row.Slot.ToArray()));
    }

    /// <summary>A trial's folder with its links, which the shared folder holds as texts that say where they lead.</summary>
    private static TempFolder Linked(string name, params string[] links)
    {
        using var trial = Trial.Named(name);
        var folder = new TempFolder();
        foreach (var file in Directory.EnumerateFiles(trial.At(""), "*", SearchOption.AllDirectories))
        {
            var key = Path.GetRelativePath(trial.At(""), file);
            if (!links.Contains(key)) folder.Write(key, File.ReadAllBytes(file));
        }

        foreach (var link in links)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.At(link))!);
            File.CreateSymbolicLink(folder.At(link), new FileInfo(trial.At(link)).LinkTarget ?? File.ReadAllText(trial.At(link)).Trim());
        }

        return folder;
    }

    private static void CopyWithItsTime(string from, string to)
    {
        File.Delete(to);
        File.Copy(from, to);
        File.SetLastWriteTimeUtc(to, File.GetLastWriteTimeUtc(from));
    }
}
