using System.CommandLine;
using EyeSlots.Core.Annotations;
using EyeSlots.Training.Loading;

namespace EyeSlots.Trainer.Commands;

/// <summary>The part of a command line that says which faces models are judged on, and how they are read.</summary>
internal static class JudgedFacesLine
{
    private static readonly LoaderOptions Defaults = new() { BatchSize = LoaderOptions.JudgedAtOnce };

    public static readonly Option<string[]> Lists = new("--lists") { Description = "Lists of the dataset", HelpName = "LIST", Required = true, AllowMultipleArgumentsPerToken = true };
    public static readonly Option<int> Batch = new("--batch") { Description = "Faces predicted at a time", HelpName = "N", DefaultValueFactory = _ => Defaults.BatchSize };
    public static readonly Option<int> Workers = new("--workers") { Description = "Threads that decode", HelpName = "N", DefaultValueFactory = _ => Defaults.Workers };

    /// <summary>How the faces are read.</summary>
    public static LoaderOptions LoaderOf(ParseResult parsed) => (Defaults with { BatchSize = parsed.GetValue(Batch), Workers = parsed.GetValue(Workers) }).Validated();

    /// <summary>Looks the labelled faces of the lists up.</summary>
    public static async Task<FaceTable> ReadAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        var dataset = AnnotationList.CheckName(parsed.GetValue(DatasetLine.Dataset)!, "dataset");
        var generation = await PinnedGeneration.OpenAsync(session.Open(parsed.GetValue(DatasetLine.Data)!), dataset, parsed.GetValue(DatasetLine.Generation), cancellation);
        return await FaceTable.ReadAsync(generation, parsed.GetValue(Lists)!, cancellation);
    }

    /// <summary>Names them, as a sentence takes it.</summary>
    public static string Describe(FaceTable faces) =>
        $"{string.Join(", ", faces.Lists)} of {faces.Generation.Root.Address} ({faces.Generation.Manifest.Dataset} {faces.Generation.Manifest.Generation})";
}
