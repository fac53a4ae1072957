using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Runs;

namespace EyeSlots.Trainer.Commands;

/// <summary><c>train --show</c>: a picture of what the run would see.</summary>
internal static class ShownAugmentation
{
    private const int Faces = 12;

    public static async Task<int> RunAsync(Session session, TrainingOptions options, string picture, CancellationToken cancellation)
    {
        var generation = await PinnedGeneration.OpenAsync(session.Stores.Open(options.Root), options.Dataset, options.Generation, cancellation);
        var table = await FaceTable.ReadAsync(generation, options.Train, cancellation);
        var sheet = await AugmentationSheet.DrawAsync(table, options.Loader, Faces, cancellation);
        await WriteAsync(picture, sheet.Png, cancellation);
        return session.Show(new(picture, sheet.Faces), TrainerJson.Default.AugmentationReport, () =>
            Lines.Write(session.Terminal.Results, $"{Quantity.Of(sheet.Faces, "face")} drawn, nothing trained: [bold]{Terminal.Safe(picture)}[/]"));
    }

    private static async Task WriteAsync(string picture, byte[] png, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(picture)!);
            await File.WriteAllBytesAsync(picture, png, cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{picture} cannot be written: {error.Message}", error);
        }
    }
}

/// <summary>What <c>train --show</c> prints.</summary>
internal sealed record AugmentationReport(string Picture, int Faces);
