using System.CommandLine;
using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Decoding;
using EyeSlots.Preprocessing.Jobs;

namespace EyeSlots.Cli.Commands;

/// <summary><c>preprocess</c>: the job.</summary>
internal static class PreprocessCommand
{
    private static readonly JobParameters Defaults = new();

    private static readonly Option<string[]> Annotations = new("--annotations")
    {
        Description = "Lists: CSV files of the 2017 layout, train_set or val_set folders of the 2021 layout; name=PATH gives a list its name",
        HelpName = "LIST", Required = true, AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string> Images = new("--images") { Description = "Image root: a folder or s3://bucket/prefix", HelpName = "ROOT", Required = true };
    private static readonly Option<string> Out = CommonOptions.Out();
    private static readonly Option<string> Dataset = CommonOptions.Dataset();
    private static readonly Option<string> Engine = new("--engine") { Description = "What runs the slices", HelpName = "local|spark", DefaultValueFactory = _ => "local" };

    private static readonly Option<int> Workers = new("--workers") { Description = "Slices at a time on this machine", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };
    private static readonly Option<string> Angle = new("--angle") { Description = "Direction of the slot", HelpName = "min-area|eye-line", DefaultValueFactory = _ => "min-area" };
    private static readonly Option<double> GrowX = new("--grow-x") { Description = "Growth along the eyes", HelpName = "SHARE", DefaultValueFactory = _ => Defaults.Slot.GrowX };
    private static readonly Option<double> GrowY = new("--grow-y") { Description = "Growth across the eyes", HelpName = "SHARE", DefaultValueFactory = _ => Defaults.Slot.GrowY };
    private static readonly Option<PixelSize?> Size = new Option<PixelSize?>("--size") { Description = "Size of every crop; each slot's own when left out", HelpName = "WxH" }.Takes(PixelSize.Parse, "two sides in pixels, such as 128x48");
    private static readonly Option<string> Format = new("--format") { Description = "Encoding of the crops", HelpName = "jpeg|png|raw", DefaultValueFactory = _ => "jpeg" };
    private static readonly Option<int> Quality = new("--quality") { Description = "JPEG quality", HelpName = "1-100", DefaultValueFactory = _ => Defaults.Quality };
    private static readonly Option<double> MinCoverage = new("--min-coverage") { Description = "Least share of the slot inside the image", HelpName = "SHARE", DefaultValueFactory = _ => Defaults.MinCoverage };
    private static readonly Option<long> MaxPixels = new("--max-pixels") { Description = "Most pixels of an image", HelpName = "N", DefaultValueFactory = _ => Defaults.MaxPixels };

    private static readonly Option<ByteSize> Memory = new Option<ByteSize>("--memory")
    {
        Description = "Most memory for decoding one huge image, in MB where it names no unit; images read ahead from S3 take a quarter of it, at least 32 MB", HelpName = "512MB|2GB", DefaultValueFactory = _ => new(MemoryLimit.DefaultBytes),
    }.Takes(ByteSize.Parse, "a size such as 512MB or 2GB");

    private static readonly Option<double> MaxRejected = new("--max-rejected") { Description = "Largest share of rejected faces that is committed", HelpName = "SHARE", DefaultValueFactory = _ => 0.05 };
    private static readonly Option<bool> HashImages = new("--hash-images") { Description = "Tell images apart by their content instead of size and time" };
    private static readonly Option<bool> WholeObjects = new("--whole-objects") { Description = "Read images from S3 whole, instead of first the bytes that the slot is likely to need" };
    private static readonly Option<bool> Force = new("--force") { Description = "Make every shard again and compare; bytes that differ are an error" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Plan, say what a run would make, and write nothing" };

    public static Command Create(ConsoleProgram program)
    {
        Engine.AcceptOnlyFromAmong("local", "spark");
        Angle.AcceptOnlyFromAmong("min-area", "eye-line");
        Format.AcceptOnlyFromAmong("jpeg", "png", "raw");
        Command command = new("preprocess", "Cut every listed face's eye slot and commit the shards as one generation")
        {
            Annotations, Images, Out, Dataset, Engine, SparkOptions.Remote, SparkOptions.Level, SparkOptions.SendCredentials,
            Workers, Angle, GrowX, GrowY, Size, Format, Quality, MinCoverage, MaxPixels,
            Memory, MaxRejected, HashImages, WholeObjects, StoreOptions.FollowLinks, Force, DryRun,
        };
        return program.Runs(command, RunAsync,
            "eyeslots preprocess --annotations training.csv validation.csv --images /data/affectnet --out out",
            "eyeslots preprocess --annotations train=s3://lists/t.csv --images s3://faces --out s3://slots --workers 16 --json",
            "eyeslots preprocess --annotations AffectNet/train_set --images AffectNet/train_set --out out --size 128x48",
            "eyeslots preprocess --annotations training.csv --images s3://faces --out s3://slots --engine spark --remote sc://cluster:15002");
    }

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        var options = OptionsOf(parsed);
        if (parsed.GetValue(Engine) != "spark") SparkOptions.RequireNone(parsed, "--engine spark");
        var spark = parsed.GetValue(Engine) == "spark" && !options.DryRun ? await SparkOptions.OfAsync(parsed, session) : null;
        RequireFolder(options.Images);
        var where = spark is null ? Quantity.Of(options.Workers, "worker") : SparkOptions.AddressOf(spark);
        session.Say($"Cutting {string.Join(", ", options.Lists.Select(list => list.Name))} from {options.Images} into {options.Output} ({options.Dataset}) with {where}" +
            (options.DryRun ? "; a dry run." : "."));
        var summary = spark is null
            ? await ShownRun.RunLocallyAsync(session, options, cancellation)
            : await SparkRun.RunAsync(session, options, spark, cancellation);
        return session.Show(summary, CliJson.Default.PreprocessSummary, () => Summaries.Show(session.Terminal, summary));
    }

    // Else every face of the lists would be missing its image.
    private static void RequireFolder(StorageAddress images)
    {
        if (!images.IsS3 && !Directory.Exists(images.Path)) throw new StorageException($"There is no folder {images}; check --images.");
    }

    private static PreprocessOptions OptionsOf(ParseResult parsed) => new PreprocessOptions
    {
        Lists = AnnotationList.ParseAll(parsed.GetValue(Annotations)!),
        Images = StorageAddress.Parse(parsed.GetValue(Images)!), Output = StorageAddress.Parse(parsed.GetValue(Out)!),
        Dataset = parsed.GetValue(Dataset)!,
        MemoryBytes = parsed.GetValue(Memory).Bytes, Workers = parsed.GetValue(Workers), HashImages = parsed.GetValue(HashImages), WholeObjects = parsed.GetValue(WholeObjects), FollowLinks = parsed.GetValue(StoreOptions.FollowLinks),
        Force = parsed.GetValue(Force), DryRun = parsed.GetValue(DryRun), MaxRejected = parsed.GetValue(MaxRejected),
        Parameters = new()
        {
            Slot = new() { Angle = parsed.GetValue(Angle) == "eye-line" ? AngleMode.EyeLine : AngleMode.MinArea, GrowX = parsed.GetValue(GrowX), GrowY = parsed.GetValue(GrowY) },
            Size = parsed.GetValue(Size), Format = Enum.Parse<SlotFormat>(parsed.GetValue(Format)!, ignoreCase: true), Quality = parsed.GetValue(Quality),
            MinCoverage = parsed.GetValue(MinCoverage), MaxPixels = parsed.GetValue(MaxPixels),
        },
    }.Validated();
}
