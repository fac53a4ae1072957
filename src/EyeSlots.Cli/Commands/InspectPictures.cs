using System.CommandLine;
using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Drawing;

namespace EyeSlots.Cli.Commands;

/// <summary>The pictures of <c>inspect</c>: an overlay on a photograph, a contact sheet of a generation.</summary>
internal static class InspectPictures
{
    private const int CropsOfASheet = 60;

    public static readonly Option<string?> Overlay = new("--overlay") { Description = "Draw landmarks, box, grown box, θ and slot of this image, named as in the list", HelpName = "PATH" };
    public static readonly Option<string[]> Annotations = new("--annotations") { Description = "With --overlay: the lists", HelpName = "LIST", AllowMultipleArgumentsPerToken = true };
    public static readonly Option<string?> Images = new("--images") { Description = "With --overlay: the image root", HelpName = "ROOT" };
    public static readonly Option<string> To = new("--to") { Description = "With --overlay: the picture to write", HelpName = "FILE", DefaultValueFactory = _ => "overlay.png" };
    public static readonly Option<string?> Sheet = new("--contact-sheet") { Description = "Draw some crops of the generation into this file", HelpName = "FILE" };

    public static IReadOnlyList<Option> Options => [Overlay, Annotations, Images, StoreOptions.FollowLinks, To, Sheet];

    public static async Task<int> OverlayAsync(ParseResult parsed, Session session, string image, CancellationToken cancellation)
    {
        var target = StorageAddress.ParseLocal(parsed.GetValue(To)!);
        var faces = await WriteOverlayAsync(session, image, parsed.GetValue(Annotations)!, parsed.GetValue(Images)!, new(), target, cancellation);
        return Tell(session, new(target, faces, []));
    }

    public static async Task<int> SheetAsync(ParseResult parsed, Session session, IObjectStore root, ManifestContent content, CancellationToken cancellation)
    {
        var target = StorageAddress.ParseLocal(parsed.GetValue(Sheet)!);
        var sheet = await WriteSheetAsync(root, content, target, cancellation);
        return Tell(session, new(target, sheet.Faces, sheet.Damaged));
    }

    /// <summary>Draws all faces that the lists have of an image; returns their number.</summary>
    public static async Task<int> WriteOverlayAsync(
        Session session, string image, IReadOnlyList<string> lists, string images, SlotOptions options, string target, CancellationToken cancellation)
    {
        var followLinks = session.Line.GetValue(StoreOptions.FollowLinks);
        var store = session.Stores.Open(StorageAddress.Parse(images), followLinks);
        using var plan = await new Planner(session.Stores, store, session.Log) { FollowLinks = followLinks }.PlanAsync(AnnotationList.ParseAll(lists), new(), false, null, cancellation);
        var faces = plan.Slices.SelectMany(slice => plan.Load(slice).Faces).Where(face => face.Key.ImagePath == image && face.Defect is null).ToList();
        if (faces.Count == 0) throw new EyeSlotsException(ErrorCodes.Usage, $"No sound row of the lists names '{image}'; write the path as the list does.");
        var buffer = new ByteBuffer();
        if (faces[0].Image.IsAbsent || await store.ReadAsync(faces[0].Image.Path, null, buffer, JobParameters.MaxFileBytes, cancellation) != ReadOutcome.Read)
        {
            throw new EyeSlotsException(ErrorCodes.StorageFailed, $"The image '{image}' cannot be read below {store.Address}.");
        }

        var png = SlotOverlay.Png(buffer.Span, [.. faces.Select(face => face.Eyes)], options, out var why)
            ?? throw new EyeSlotsException(ErrorCodes.Usage, $"The image '{image}' cannot be decoded: {why}.");
        await WriteAsync(target, png, cancellation);
        return faces.Count;
    }

    /// <summary>Draws the first crops of a generation.</summary>
    public static async Task<ContactSheet> WriteSheetAsync(IObjectStore root, ManifestContent content, string target, CancellationToken cancellation)
    {
        var sheet = await ContactSheet.DrawAsync(root, content, CropsOfASheet, cancellation);
        await WriteAsync(target, sheet.Png, cancellation);
        return sheet;
    }

    /// <summary>The first face that has a crop.</summary>
    public static async Task<FaceKey> FirstFaceAsync(IObjectStore root, ManifestContent content, CancellationToken cancellation)
    {
        var shard = content.Shards.FirstOrDefault(shard => shard.Rows > 0) ?? throw new EyeSlotsException(ErrorCodes.DatasetDamaged, "The generation has no crop.");
        var reader = await PublishedFile.OpenColumnsAsync(root, shard, ShardColumns.Labels, cancellation);
        var group = reader.RowGroups[0];
        return new(group.Read(ShardColumns.List)[0], group.Read(ShardColumns.ImagePath)[0], group.Read(ShardColumns.FaceIndex)[0]);
    }

    private static async Task WriteAsync(string target, byte[] png, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await File.WriteAllBytesAsync(target, png, cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{target} cannot be written: {error.Message}", error);
        }
    }

    private static int Tell(Session session, PictureReport report) => session.Show(report, CliJson.Default.PictureReport, () =>
    {
        Lines.Write(session.Terminal.Results, $"{Quantity.Of(report.Faces, "face")} drawn: [bold]{Terminal.Safe(report.Picture)}[/]");
        Damage.Show(session.Terminal, report.Damaged);
    }, Damage.ExitCode(report.Damaged));
}

/// <summary>What <c>inspect</c> prints of a picture.</summary>
internal sealed record PictureReport(string Picture, int Faces, IReadOnlyList<VerifyProblem> Damaged);
