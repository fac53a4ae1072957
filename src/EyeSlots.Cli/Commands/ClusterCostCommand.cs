using System.CommandLine;
using EyeSlots.Aws.Clusters;
using EyeSlots.Aws.Costs;
using EyeSlots.Core;
using EyeSlots.Core.Storage;

namespace EyeSlots.Cli.Commands;

/// <summary><c>cluster cost</c>: what a run would take. Needs no AWS account.</summary>
internal static class ClusterCostCommand
{
    private static readonly Option<string?> Images = new("--images") { Description = "An image root to count instead: a folder or s3://bucket/prefix", HelpName = "ROOT" };
    private static readonly Option<int> Prefixes = new("--prefixes") { Description = "Into how many prefixes S3 has divided the images", HelpName = "N", DefaultValueFactory = _ => 1 };

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly Option<double?> Speed = new("--ms-per-image")
    {
        Description = "Milliseconds of one vCPU for an image; what was measured last when left out", HelpName = "MS",
    };

    public static Command Create(ConsoleProgram program)
    {
        Command command = new("cost", "Say what a run would take: rate, seconds and dollars, each with its arithmetic, for the machines asked for, one machine, and the cheapest")
        {
            ShapeLine.ImagesCount, ShapeLine.Bytes, Images, ShapeLine.Workers, ShapeLine.MasterType, Prefixes, Speed,
        };
        command.Validators.Add(result =>
        {
            var (count, bytes, isCounted) = (result.IsGiven(ShapeLine.ImagesCount), result.IsGiven(ShapeLine.Bytes), result.IsGiven(Images));
            if ((count && bytes) == isCounted || (isCounted && (count || bytes)))
                result.AddError("Say how much there is to do: --images-count N --bytes 51GB, or --images s3://bucket/prefix to count it.");
        });
        return program.Runs(command.WithoutStores(), RunAsync,
            "eyeslots cluster cost --images-count 414799 --bytes 51GB", "eyeslots cluster cost --images s3://faces --workers 0 --json");
    }

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        var (prices, counted) = (PriceFile.Default, await CountAsync(parsed, session, cancellation));
        var (speed, region) = await SpeedAsync(parsed, session, prices, cancellation);
        Workload work = new(counted.Images, counted.Bytes, speed, parsed.GetValue(Prefixes));
        var estimate = new CostModel(prices).Estimate(work, parsed.GetValue(ShapeLine.Workers), parsed.GetValue(ShapeLine.MasterType));
        var report = new RunReport { Region = region, Estimate = estimate };
        return session.Show(report, CliJson.Default.RunReport, () => CostView.Show(session.Terminal, prices, work, estimate));
    }

    /// <summary>From the last run of the account, where there is one that answers soon; an estimate needs none.</summary>
    private static async Task<(ImageSpeed Speed, string Region)> SpeedAsync(ParseResult parsed, Session session, PriceFile prices, CancellationToken cancellation)
    {
        if (parsed.GetValue(Speed) is { } given) return (new(given, "--ms-per-image"), prices.Region);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        var region = prices.Region;
        try
        {
            using var account = new ClusterAccount(AwsLine.Open(parsed, session));
            region = account.Region;
            return (await KnownSpeed.OfAsync(account, prices, limit.Token), region);
        }
        catch (EyeSlotsException why)
        {
            session.Say($"No run of an account tells the speed, so the price file does: {why.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            session.Say("AWS does not answer, so the price file tells the speed.");
        }

        return (ImageSpeed.Of(prices), region);
    }

    private static async Task<CountedImages> CountAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        if (parsed.GetValue(Images) is not { } images) return new(parsed.GetValue(ShapeLine.ImagesCount)!.Value, parsed.GetValue(ShapeLine.Bytes)!.Value.Bytes);
        session.Say($"Counting the images below {images}.");
        var address = StorageAddress.Parse(images);
        if (!address.IsS3) return await CountedImages.OfAsync(session.Stores.Open(address), cancellation);
        using var access = AwsLine.Open(parsed, session);
        using var stores = access.OpenStores();
        return await CountedImages.OfAsync(stores.Open(address), cancellation);
    }
}
