using EyeSlots.Reporting.Pages;

namespace EyeSlots.Reporting.Runs;

/// <summary>What comes out the same when a run is run again, and on which machine.</summary>
internal static class ReproducibilitySection
{
    public static void Write(HtmlSection section, IReadOnlyList<RunColumn> runs)
    {
        section.Paragraph("The batches (faces, their order, their pixels) are the same on every machine, with any threads or device.");
        foreach (var (run, label) in runs)
        {
            var (machine, settings, versions) = (run.Config.Machine, run.Config.Settings, run.Config.Versions);
            var who = runs.Count == 1 ? "The weights" : $"{label}: the weights";
            section.Paragraph(machine.Device == "cpu"
                ? $"{who} come out the same to the last bit on a CPU with {machine.Instructions} instructions, EyeSlots {versions.Program}, libtorch {versions.LibTorch} and --threads {settings.Threads}, resumed or not."
                : $"{who} differ in their last digits when it is run again on {machine.Device}; they are the same to the last bit on a CPU alone.");
            section.Paragraph($"It read generation {run.Source.Generation} of {run.Source.Dataset}, whose content has the SHA-256 {run.Source.ContentSha256}.");
        }
    }
}
