using System.CommandLine;
using System.Globalization;
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
    /// <summary>Megabytes of <c>--memory</c>.</summary>
    public const int DefaultMemory = 512;

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

    private static readonly Option<int> Workers = new Option<int>("--workers")
    {
        Description = "Slices at a time on this machine", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount,
    }.Between(1, 1024);

    private static readonly Option<string> Angle = new("--angle") { Description = "Direction of the slot", HelpName = "min-area|eye-line", DefaultValueFactory = _ => "min-area" };
    private static readonly Option<double> GrowX = new Option<double>("--grow-x") { Description = "Growth along the eyes", HelpName = "SHARE", DefaultValueFactory = _ => Defaults.Slot.GrowX }.Between(0, 10);
    private static readonly Option<double> GrowY = new Option<double>("--grow-y") { Description = "Growth across the eyes", HelpName = "SHARE", DefaultValueFactory = _ => Defaults.Slot.GrowY }.Between(0, 10);
    private static readonly Option<PixelSize?> Size = new("--size") { Description = "Size of every crop; each slot's own when left out", HelpName = "WxH", CustomParser = ParseSize };
    private static readonly Option<string> Format = new("--format") { Description = "Encoding of the crops", HelpName = "jpeg|png|raw", DefaultValueFactory = _ => "jpeg" };
    private static readonly Option<int> Quality = new Option<int>("--quality") { Description = "JPEG quality", HelpName = "1-100", DefaultValueFactory = _ => Defaults.Quality }.Between(1, 100);

    private static readonly Option<double> MinCoverage = new Option<double>("--min-coverage")
    {
        Description = "Least share of the slot inside the image", HelpName = "SHARE", DefaultValueFactory = _ => Defaults.MinCoverage,
    }.Between(0, 1);

    private static readonly Option<long> MaxPixels = new Option<long>("--max-pixels")
    {
        Description = "Most pixels of an image", HelpName = "N", DefaultValueFactory = _ => Defaults.MaxPixels,
    }.Between(1, 1_000_000_000_000);

    private static readonly Option<int> Memory = new("--memory")
    {
        Description = "Most memory for decoding one huge image, in MB where it names no unit", HelpName = "512MB|2GB", DefaultValueFactory = _ => DefaultMemory,
        CustomParser = ParseMemory,
    };

    private static readonly Option<double> MaxRejected = new Option<double>("--max-rejected")
    {
        Description = "Most rejected faces that are committed", HelpName = "SHARE", DefaultValueFactory = _ => 0.05,
    }.Between(0, 1);

    private static readonly Option<bool> HashImages = new("--hash-images") { Description = "Tell images apart by their content instead of size and time" };
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
            Memory, MaxRejected, HashImages, StoreOptions.FollowLinks, Force, DryRun,
        };
        return program.Runs(command, RunAsync,
            "eyeslots preprocess --annotations training.csv validation.csv --images /data/affectnet --out out",
            "eyeslots preprocess --annotations train=s3://lists/t.csv --images s3://faces --out s3://slots --workers 16 --json",
            "eyeslots preprocess --annotations AffectNet/train_set --images AffectNet/train_set --out out --size 128x48",
            "eyeslots preprocess --annotations training.csv --images s3://faces --out s3://slots --engine spark --remote sc://cluster:15002");
    }

    /// <summary>Runs the job on this machine and shows where it is.</summary>
    public static async Task<PreprocessSummary> RunLocallyAsync(
        Session session, PreprocessOptions options, string images, string output, int workers, CancellationToken cancellation)
    {
        var (from, to) = (session.Stores.Open(StorageAddress.Parse(images), options.FollowLinks), session.Open(output));
        using var gate = new MemoryGate(options.MemoryBytes);
        using var job = new ShardJob(from, to, options.Parameters, gate, options.Force, session.Log);
        var run = new PreprocessRun(session.Stores, from, to, new LocalEngine(job, workers), session.Time, session.Log);
        return await ProgressView.RunAsync(session, steps => run.RunAsync(options, new JobSteps(steps), cancellation));
    }

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        var options = OptionsOf(parsed);
        var (images, output) = (ImageRoot(parsed.GetValue(Images)!), StorageAddress.Parse(parsed.GetValue(Out)!).ToString());
        var spark = parsed.GetValue(Engine) == "spark" && !options.DryRun ? await SparkOptions.OfAsync(parsed, session) : null;
        var where = spark is null ? $"{parsed.GetValue(Workers)} workers" : SparkOptions.AddressOf(spark);
        session.Say($"Cutting {string.Join(", ", options.Lists.Select(list => list.Name))} from {images} into {output} ({options.Dataset}) with {where}" +
            (options.DryRun ? "; a dry run." : "."));
        var summary = spark is null
            ? await RunLocallyAsync(session, options, images, output, parsed.GetValue(Workers), cancellation)
            : await SparkRun.RunAsync(session, options, spark, images, output, cancellation);
        return session.Show(summary, CliJson.Default.PreprocessSummary, () => Summaries.Show(session.Terminal, summary));
    }

    // Else every face of the lists would be missing its image.
    private static string ImageRoot(string text)
    {
        var root = StorageAddress.Parse(text);
        return root.IsS3 || Directory.Exists(root.Path) ? root.ToString() : throw new StorageException($"There is no folder {root}; check --images.");
    }

    private static PreprocessOptions OptionsOf(ParseResult parsed) => new()
    {
        Lists = AnnotationList.ParseAll(parsed.GetValue(Annotations)!),
        Dataset = AnnotationList.CheckName(parsed.GetValue(Dataset)!, "dataset"),
        MemoryBytes = (long)parsed.GetValue(Memory) << 20, HashImages = parsed.GetValue(HashImages), FollowLinks = parsed.GetValue(StoreOptions.FollowLinks),
        Force = parsed.GetValue(Force), DryRun = parsed.GetValue(DryRun), MaxRejected = parsed.GetValue(MaxRejected),
        Parameters = new()
        {
            Slot = new() { Angle = parsed.GetValue(Angle) == "eye-line" ? AngleMode.EyeLine : AngleMode.MinArea, GrowX = parsed.GetValue(GrowX), GrowY = parsed.GetValue(GrowY) },
            Size = parsed.GetValue(Size), Format = Enum.Parse<SlotFormat>(parsed.GetValue(Format)!, ignoreCase: true), Quality = parsed.GetValue(Quality),
            MinCoverage = parsed.GetValue(MinCoverage), MaxPixels = parsed.GetValue(MaxPixels),
        },
    };

    private static PixelSize? ParseSize(System.CommandLine.Parsing.ArgumentResult result)
    {
        const int most = 4096;
        var sides = result.Tokens[0].Value.Split('x');
        if (sides.Length == 2 && Side(sides[0]) is { } width && Side(sides[1]) is { } height) return new(width, height);
        result.AddError($"--size takes two sides of 1 to {most} pixels, such as 128x48, not '{result.Tokens[0].Value}'.");
        return null;

        static int? Side(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var side) && side is >= 1 and <= most ? side : null;
    }

    private static int ParseMemory(System.CommandLine.Parsing.ArgumentResult result)
    {
        const int least = 16, most = 1 << 20, gigabyte = 1 << 10;
        var text = result.Tokens[0].Value.ToUpperInvariant();
        var unit = text.EndsWith("GB", StringComparison.Ordinal) ? gigabyte : 1;
        var number = text.EndsWith("GB", StringComparison.Ordinal) || text.EndsWith("MB", StringComparison.Ordinal) ? text[..^2] : text;
        if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size <= most / unit && size * unit >= least) return size * unit;
        result.AddError($"--memory takes a size of 16MB to 1024GB, such as 512MB or 2GB, not '{result.Tokens[0].Value}'.");
        return DefaultMemory;
    }
}
