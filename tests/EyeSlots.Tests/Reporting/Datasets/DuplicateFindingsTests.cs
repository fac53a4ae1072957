using System.Text;
using EyeSlots.Core;
using EyeSlots.Reporting.Datasets;
using EyeSlots.Tests.Manifests;

namespace EyeSlots.Tests.Reporting.Datasets;

/// <summary>What <c>duplicates --json</c> printed, read again; the file may be anybody's.</summary>
public sealed class DuplicateFindingsTests
{
    private const string Group = """{"faces":[{"list":"training","imagePath":"a.jpg","faceIndex":0,"display":"x"},{"list":"test","imagePath":"b.jpg","faceIndex":1}],"acrossLists":true}""";

    public static TheoryData<string, string> Wrong => new()
    {
        { "", "The input does not contain any JSON tokens" },
        { "null", "it is empty" },
        { "[]", "The JSON value could not be converted" },
        { """{"dataset":"affectnet"}""", "missing required properties" },
        { Findings(distance: "-1"), "it has a negative number" },
        { Findings(faces: "1"), "it has more faces in groups than were compared" },
        { Findings(faces: "1e99"), "The JSON value could not be converted" },
        { Findings(groups: "[null]"), "a group of it has fewer than two faces" },
        { Findings(groups: """[{"faces":[],"acrossLists":false}]"""), "a group of it has fewer than two faces" },
        { Findings(groups: $"[{Group.Replace("true", "false", StringComparison.Ordinal)}]"), "a group of it says something else of its lists than its faces do" },
        { Findings(groups: $"[{Group.Replace("\"test\"", "\"<b>\"", StringComparison.Ordinal)}]"), "a face of it has no list or no path" },
        { Findings(groups: $"[{Group.Replace("\"b.jpg\"", "null", StringComparison.Ordinal)}]"), "" },
    };

    [Fact]
    public void Findings_OfTheGeneration_AreReadAsTheyStand()
    {
        var found = Parse(Findings());
        Assert.Equal((4, 20, 1), (found.Distance, (int)found.Faces, found.Groups.Count));
        Assert.Equal(["training: a.jpg #0", "test: b.jpg #1"], found.Groups[0].Faces.Select(face => face.Display));
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void AnythingElse_IsRefusedWithItsNameAndTheReason(string text, string why)
    {
        var error = Assert.Throws<EyeSlotsException>(() => Parse(text));
        Assert.Equal(ErrorCodes.Usage, error.Code);
        Assert.StartsWith("dup.json is not what eyeslots duplicates --json prints: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherGeneration_IsNamedWithWhatToTypeNext()
    {
        var error = Assert.Throws<EyeSlotsException>(() => Parse(Findings(generation: "8")));
        Assert.Equal(
            "dup.json speaks of generation 8 of 'affectnet', and the page of generation 7 of 'affectnet'. Search this one: eyeslots duplicates --out ROOT --generation 7 --json > FILE", error.Message);
    }

    private static DuplicateFindings Parse(string text) =>
        DuplicateFindings.Parse(Encoding.UTF8.GetBytes(text), "dup.json", Dataset.Candidate("affectnet", [Dataset.Named(1)]) with { Generation = 7 });

    private static string Findings(string generation = "7", string distance = "4", string faces = "20", string groups = $"[{Group}]") =>
        $$"""{"dataset":"affectnet","generation":{{generation}},"distance":{{distance}},"faces":{{faces}},"duplicateFaces":2,"groupsAcrossLists":1,"groups":{{groups}},"damaged":[]}""";
}
