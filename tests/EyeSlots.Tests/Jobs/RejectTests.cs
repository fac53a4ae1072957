using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Tests.Decoding;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Jobs;

/// <summary>Every reason code comes from a real file, never stops the job, and never harms a neighbour.</summary>
public sealed class RejectTests
{
    private static readonly string Good = Job.Landmarks(7);
    private static readonly string OnALine = string.Join(';', Enumerable.Range(0, 68).Select(at => $"{at};{at}"));
    private static readonly string Outside = ListText.Landmarks(DrawnPhotographs.Side, shiftX: 120);

    public static TheoryData<string, string, RejectCode> Rows => new()
    {
        { "refused path", ListText.Row("../a.jpg", Good), RejectCode.AnnotationInvalid },
        { "link out of the root", ListText.Row("link.jpg", Good), RejectCode.AnnotationInvalid },
        { "label out of range", ListText.Row("0/0.jpg", Good, valence: "3"), RejectCode.AnnotationInvalid },
        { "columns", "0/0.jpg,1,2,3", RejectCode.AnnotationInvalid },
        { "few landmarks", ListText.Row("0/0.jpg", "1;2;3"), RejectCode.LandmarksInvalid },
        { "landmarks on a line", ListText.Row("0/0.jpg", OnALine), RejectCode.LandmarksInvalid },
        { "landmarks that are no numbers", ListText.Row("0/0.jpg", Good.Replace(";", ";nan;", StringComparison.Ordinal)), RejectCode.LandmarksInvalid },
        { "infinite landmarks", ListText.Row("0/0.jpg", string.Join(';', Enumerable.Repeat("1e300", 136))), RejectCode.LandmarksInvalid },
        { "landmarks on a line, no image", ListText.Row("none.jpg", OnALine), RejectCode.LandmarksInvalid },
        { "landmarks on a line, empty image", ListText.Row("empty.jpg", OnALine), RejectCode.LandmarksInvalid },
        { "landmarks on a line, no picture", ListText.Row("text.jpg", OnALine), RejectCode.LandmarksInvalid },
        { "no image", ListText.Row("none.jpg", Good), RejectCode.ImageMissing },
        { "Thumbs.db that is not there", ListText.Row("0/Thumbs.db", Good), RejectCode.ImageMissing },
        { "empty image", ListText.Row("empty.jpg", Good), RejectCode.ImageEmpty },
        { "no picture", ListText.Row("text.jpg", Good), RejectCode.ImageUnreadable },
        { "header alone", ListText.Row("header.jpg", Good), RejectCode.ImageUnreadable },
        { "cut above the slot", ListText.Row("cut.jpg", Good), RejectCode.ImageUnreadable },
        { "broken PNG", ListText.Row("broken.png", Good), RejectCode.ImageUnreadable },
        { "bomb of a header", ListText.Row("bomb.png", Good), RejectCode.ImageTooLarge },
        { "file of 257 MB", ListText.Row("huge.jpg", Good), RejectCode.ImageTooLarge },
        { "bomb outside too", ListText.Row("bomb.png", Outside), RejectCode.ImageTooLarge },
        { "slot outside", ListText.Row("0/0.jpg", Outside), RejectCode.SlotOutside },
        { "slot outside of a cut image", ListText.Row("cut.jpg", Outside), RejectCode.SlotOutside },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Run_ARowWithADefect_GivesItsCode(string what, string row, RejectCode code)
    {
        using var elsewhere = new TempFolder();
        using var job = Broken(elsewhere);
        job.Row("list00", row);
        var summary = await job.RunAsync(options => options with { MaxRejected = 1 });
        var rejected = Assert.Single(await job.RejectedAsync());
        Assert.True(rejected.Code == code, $"{what}: {rejected.Code.Text()} {rejected.Detail}");
        Assert.Equal((3, 2, 1), (summary.Faces, summary.Rows!.Value, summary.Rejected[code.Text()]));
        Assert.DoesNotContain(job.Input.Path, rejected.Detail, StringComparison.Ordinal);
        Assert.Empty(await job.VerifyAsync());
        Assert.Equal((0, 1), Kept(await job.RunAsync(options => options with { MaxRejected = 1 })));
    }

    [Fact]
    public async Task Run_EveryDefectAtOnce_EndsWithTheRightCounts()
    {
        using var elsewhere = new TempFolder();
        using var job = Broken(elsewhere);
        foreach (var row in Rows) job.Row("list00", row.Data.Item2);
        var summary = await job.RunAsync(options => options with { MaxRejected = 1 });
        var expected = Rows.GroupBy(row => row.Data.Item3.Text()).ToDictionary(group => group.Key, group => (long)group.Count());
        Assert.Equal(RejectCodes.All.Count, expected.Count);
        Assert.Equal(new SortedDictionary<string, long>(expected, StringComparer.Ordinal), new SortedDictionary<string, long>(summary.Rejected.ToDictionary(), StringComparer.Ordinal));
        Assert.Equal((Rows.Count + 2, 2), (summary.Faces, summary.Rows!.Value));
        Assert.Empty(await job.VerifyAsync());
    }

    [Fact]
    public async Task Run_MoreRejectedThanAllowed_CommitsNothingAndKeepsWhatWasMade()
    {
        using var job = Job.Draw();
        for (var row = 0; row < 4; row++) job.Row("list00", ListText.Row("0/0.jpg", Outside));
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => job.RunAsync());
        Assert.Equal(ErrorCodes.TooManyRejected, error.Code);
        Assert.Contains("slot-outside 4", error.Message, StringComparison.Ordinal);
        Assert.Equal(["quarantine", "shards", "shards", "shards"], job.Output.Files().Keys.Select(key => key.Split('/')[0]));
        var again = await job.RunAsync(options => options with { MaxRejected = 0.07 });
        Assert.Equal((0, 3), Kept(again));
        Assert.True(again.Committed);
    }

    [Fact]
    public async Task Run_TooManyMissingImages_FailsBeforeAnyWork()
    {
        using var job = Job.Draw();
        Directory.Delete(job.Input.At("Manually_Annotated_Images/0"), recursive: true);
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => job.RunAsync());
        Assert.Equal(ErrorCodes.TooManyRejected, error.Code);
        Assert.Contains("image-missing 20", error.Message, StringComparison.Ordinal);
        Assert.Empty(job.Output.Files());
    }

    [Fact]
    public async Task Run_ExtensionsThatLie_AreReadByTheirContent()
    {
        using var job = Job.Draw(lists: 1, faces: 1);
        foreach (var (name, content) in ((string, string)[])[("png.jpg", ".png"), ("bmp.png", ".bmp"), ("tif.bmp", ".tiff"), ("webp.jpeg", ".webp"), ("jpg.tif", ".jpg")])
        {
            job.Input.Write(name, DrawnPhotographs.Encode(content, 5));
            job.Row("list00", ListText.Row(name, Good));
        }

        Assert.Equal(6, (await job.RunAsync()).Rows);
        Assert.Empty(await job.VerifyAsync());
    }

    private static (int Made, int Kept) Kept(Preprocessing.Jobs.PreprocessSummary summary) => (summary.ShardsMade, summary.ShardsKept);

    private static Job Broken(TempFolder elsewhere)
    {
        var job = Job.Draw(lists: 1, faces: 2);
        var jpeg = DrawnPhotographs.Jpeg(1);
        elsewhere.Write("secret.jpg", jpeg);
        File.CreateSymbolicLink(job.Input.At("link.jpg"), elsewhere.At("secret.jpg"));
        job.Input.Write("empty.jpg", "");
        job.Input.Write("text.jpg", "This is no picture.");
        job.Input.Write("header.jpg", jpeg[..24]);
        job.Input.Write("cut.jpg", jpeg[..(jpeg.Length / 4)]);
        job.Input.Write("broken.png", DrawnPhotographs.Encode(".png", 1)[..60]);
        job.Input.Write("bomb.png", DrawnPalettePng.HeaderOnly(60_000, 60_000));
        using var huge = File.Create(job.Input.At("huge.jpg"));
        huge.SetLength(257L << 20);
        return job;
    }
}
