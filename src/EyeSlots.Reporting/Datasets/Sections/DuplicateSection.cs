using EyeSlots.Reporting.Pages;

namespace EyeSlots.Reporting.Datasets.Sections;

/// <summary>What a search for near-equal faces found.</summary>
internal static class DuplicateSection
{
    private const int GroupsShown = 20, FacesShown = 4;

    public static void Write(HtmlSection section, DuplicateFindings found, bool withFaces)
    {
        var across = found.Groups.Count(group => group.AcrossLists);
        section.Paragraph(
            Phrase.Of(found.Groups.Sum(group => (long)group.Faces.Count)), " of ", Phrase.Of(found.Faces), " crops have another that looks the same, in ",
            Phrase.Of(found.Groups.Count), " groups, of which ", Phrase.Of(across), $" go across lists. Hashes of 128 bits differ in at most {found.Distance}.");
        if (across > 0) section.Warning("What lies in a list for training and in one for validation or test makes a model look better than it is.");
        if (found.Groups.Count == 0) return;
        WriteLists(section, found);
        if (!withFaces) return;
        section.Table(new("Groups, those across lists first", ["lists", "faces", "which"],
        [
            .. found.Groups.OrderByDescending(group => group.AcrossLists).ThenByDescending(group => group.Faces.Count).Take(GroupsShown)
                .Select(group => (IReadOnlyList<Cell>)[Lists(group), group.Faces.Count, Names(group)]),
        ]));
        if (found.Groups.Count > GroupsShown) section.Paragraph($"And {Quantity.Of(found.Groups.Count - GroupsShown, "group")} more.");
    }

    private static void WriteLists(HtmlSection section, DuplicateFindings found)
    {
        var byLists = found.Groups.GroupBy(Lists).OrderBy(lists => lists.Key, StringComparer.Ordinal).ToList();
        section.Table(new("Groups by lists", ["lists", "groups", "faces"],
            [.. byLists.Take(Clipped.MostRows).Select(lists => (IReadOnlyList<Cell>)[lists.Key, lists.Count(), lists.Sum(group => (long)group.Faces.Count)])]));
    }

    private static string Lists(DuplicateFaces group) => Clipped.Text(string.Join(" + ", group.Faces.Select(face => face.List).Distinct().Order(StringComparer.Ordinal)));

    private static string Names(DuplicateFaces group)
    {
        var names = string.Join(" = ", group.Faces.Take(FacesShown).Select(face => $"{face.List}: {Clipped.Face(face)}"));
        return group.Faces.Count > FacesShown ? $"{names} and {group.Faces.Count - FacesShown} more" : names;
    }
}
