using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Integration.Tests.Pages;

/// <summary>A night's dataset of two generations, of photographs whose names are markup, and its pages.</summary>
internal static class DatasetPages
{
    /// <summary>The dataset, beside the one that networks are trained on.</summary>
    public const string Dataset = "night";

    /// <summary>Faces of the second generation that are rejected, by their codes.</summary>
    public static readonly IReadOnlyDictionary<string, int> Rejected = new Dictionary<string, int> { ["annotation-invalid"] = 1, ["landmarks-invalid"] = 2, ["image-missing"] = 1 };

    /// <summary>Cuts the lists, then once more with defects in the last one, looks for near-equal faces, and makes both pages.</summary>
    /// <param name="made">Names the pages.</param>
    /// <param name="drawn">The images, with the lists.</param>
    /// <param name="lists">The lists' files; the last one gets the defects.</param>
    public static async Task MakeAsync(MadePages made, string drawn, IReadOnlyList<string> lists)
    {
        await CutAsync(made, drawn, lists);
        var night = Path.Combine(drawn, "night.csv");
        WithDefects(lists[^1], night);
        await CutAsync(made, drawn, [.. lists.SkipLast(1), $"{Path.GetFileNameWithoutExtension(lists[^1])}={night}"]);
        var found = await EyeSlotsProgram.RunAsync("duplicates", "--out", made.Shards, "--dataset", Dataset, "--json");
        var duplicates = Path.Combine(drawn, "duplicates.json");
        await File.WriteAllTextAsync(duplicates, found.Output);
        await EyeSlotsProgram.JsonAsync(ReportOf(made, "data", "--images", drawn, "--duplicates", duplicates));
        await EyeSlotsProgram.JsonAsync(ReportOf(made, "data-without-pictures", "--no-pictures", "--duplicates", duplicates));
    }

    /// <summary>The command line of a page.</summary>
    public static string[] ReportOf(MadePages made, string page, params string[] options) =>
        ["report", "--data", made.Shards, "--dataset", Dataset, "--out", made[page], .. options];

    private static async Task CutAsync(MadePages made, string drawn, IReadOnlyList<string> lists) =>
        await EyeSlotsProgram.JsonAsync(["preprocess", "--annotations", .. lists, "--images", drawn, "--out", made.Shards, "--dataset", Dataset, "--max-rejected", "1"]);

    // Rows like the first one: two with a coordinate that is no number, one whose photograph is not there, and one that leads out of the root.
    private static void WithDefects(string list, string target)
    {
        string[] lines = File.ReadAllLines(list);
        var end = lines[1].LastIndexOf("\",", StringComparison.Ordinal) + 2;
        var (path, rest) = (lines[1][..end], lines[1][end..]);
        var unreadable = path + rest.Replace(";", ";x", StringComparison.Ordinal);
        File.WriteAllLines(target, [.. lines, unreadable, unreadable, $"\"gone <i>.jpg\",{rest}", $"\"../<u>.jpg\",{rest}"]);
    }
}
