using EyeSlots.Core.Manifests;
using EyeSlots.Reporting.Datasets.Sections;
using EyeSlots.Reporting.Pages;

namespace EyeSlots.Reporting.Datasets;

/// <summary>All that the page of a generation shows.</summary>
/// <param name="Manifest">The generation.</param>
/// <param name="Facts">What its faces look like.</param>
/// <param name="Quarantine">Some of those that were rejected.</param>
/// <param name="Change">What the generation before had not; null where there is none.</param>
/// <param name="Duplicates">What a search for near-equal faces found; null where none was made.</param>
/// <param name="Pictures">Null where the page shall hold no pixel and no path of a face.</param>
public sealed record DatasetReport(
    Manifest Manifest, DatasetFacts Facts, QuarantineExamples Quarantine, GenerationChange? Change, DuplicateFindings? Duplicates, DatasetPictures? Pictures)
{
    /// <summary>What could not be read, each shard once.</summary>
    public IReadOnlyList<VerifyProblem> Damaged =>
        [.. Facts.Damaged.Concat(Quarantine.Damaged).Concat(Pictures?.Damaged ?? []).DistinctBy(problem => problem.Fingerprint)];

    /// <summary>Sums over the shards, whatever the manifest says that they are.</summary>
    internal ManifestTotals Totals { get; } = ManifestTotals.Of(Manifest.Content.Shards);

    /// <summary>Lays the page out.</summary>
    public HtmlPage ToPage()
    {
        var page = new HtmlPage($"{Manifest.Dataset}, generation {Manifest.Generation}");
        page.Section("What it holds", section => SummarySection.Write(section, this));
        page.Section("Lists", section => ListSection.Write(section, Facts.Lists));
        page.Section("What changed", section => ChangeSection.Write(section, Manifest, Change));
        page.Section("Quarantine", section => QuarantineSection.Write(section, this));
        page.Section("Slots", section => SlotSection.Write(section, Facts));
        page.Section("Labels", section => LabelSection.Write(section, Facts));
        if (Duplicates is { } found) page.Section("Near-equal faces", section => DuplicateSection.Write(section, found, Pictures is not null));
        if (Pictures is { } pictures) page.Section("Contact sheet", section => ContactSection.Write(section, pictures));
        return page;
    }
}
