using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Planning;

/// <summary>What one edit of a list or of an image costs.</summary>
public sealed class SingleEditTests
{
    /// <summary>Two slices' worth, so that parts split and merge all the time.</summary>
    private const int Images = 1_536;

    private readonly Random random = new(3_000);
    private readonly PlanInput input = new();
    private List<string> Rows => input.Rows["training"];
    private int named;

    [Fact]
    public async Task Plan_AfterAnySingleEdit_HasAtMostTwoShardsToMake()
    {
        input.Rows["training"] = [];
        for (var image = 0; image < Images; image++) AddRow();
        var before = (await input.FingerprintsAsync()).ToHashSet();
        var most = 0;
        for (var edit = 0; edit < LongRun.Count(300, 3_000); edit++)
        {
            var what = Edit();
            var after = await input.FingerprintsAsync();
            var made = after.Count(fingerprint => !before.Contains(fingerprint));
            Assert.True(made is 0 or 1 or 2, $"Edit {edit} ({what}) makes {made} shards.");
            Assert.True(made > 0 || what == "removed", $"Edit {edit} ({what}) is not seen.");
            most = Math.Max(most, made);
            before = [.. after];
        }

        Assert.Equal(2, most);
    }

    private string Edit()
    {
        switch (random.Next(3))
        {
            case 0:
                var row = Rows[random.Next(Rows.Count)];
                input.Images.Put(row[..row.IndexOf(',', StringComparison.Ordinal)], [1], version: $"{++named}");
                return "replaced";
            case 1:
                Rows.RemoveAt(random.Next(Rows.Count));
                return "removed";
            default:
                AddRow();
                return "added";
        }
    }

    // Rows without landmarks are planned like all others, and read in no time. Every tenth is a second face of an image.
    private void AddRow()
    {
        var path = $"{++named}.jpg";
        if (Rows.Count > 0 && random.Next(10) == 0) path = Rows[random.Next(Rows.Count)].Split(',')[0];
        else input.Images.Put(path, [1], version: "0");
        Rows.Insert(random.Next(Rows.Count + 1), ListText.Row(path, landmarks: "-", expression: $"{random.Next(8)}"));
    }
}
