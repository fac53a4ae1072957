using System.CommandLine;
using EyeSlots.Aws.Clusters;
using EyeSlots.Cli.Training;
using EyeSlots.Core;

namespace EyeSlots.Cli.Commands;

/// <summary><c>cluster prepare</c>: the base stack of a region, and what machines fetch.</summary>
internal static class ClusterPrepareCommand
{
    private static readonly Option<string?> Spark = new("--spark") { Description = "Spark for the machines: a spark-…-bin-hadoop3.tgz as Apache publishes it", HelpName = "FILE" };
    private static readonly Option<string?> Jre = new("--jre") { Description = "A Java runtime for them, 17 or later: a .tar.gz, or a folder with bin/java", HelpName = "FILE" };
    private static readonly Option<string?> LibTorch = new("--libtorch") { Description = "What trains, for machines that do: the folder of libtorch", HelpName = "FOLDER" };

    private static readonly Option<string[]> DataBuckets = new("--data-buckets")
    {
        Description = "Buckets with photographs and shards that are there already; one is made when left out", HelpName = "BUCKET", AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string?> Vpc = new("--vpc") { Description = "A network that is there already; one is made when left out", HelpName = "ID" };
    private static readonly Option<string[]> Subnets = new("--subnets") { Description = "Its subnets, in two zones or more", HelpName = "ID", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string?> Email = new("--email") { Description = "Who is told of failures", HelpName = "ADDRESS" };
    private static readonly Option<int?> Budget = new("--budget") { Description = "US dollars a month of the account above which somebody is told", HelpName = "DOLLARS" };
    private static readonly Option<bool> Remove = new("--remove") { Description = "Empty the artifact bucket and delete the base stack; buckets with data stay" };

    public static Command Create(ConsoleProgram program)
    {
        Command command = new("prepare", "Make or update the base stack of a region, and upload what machines fetch; nothing is sent twice")
        {
            Spark, Jre, LibTorch, DataBuckets, Vpc, Subnets, Email, Budget, Remove, AwsLine.DryRun,
        };
        command.Validators.Add(result =>
        {
            if (result.IsGiven(Remove) && command.Options.Any(option => option != Remove && option != AwsLine.DryRun && result.IsGiven(option)))
                result.AddError("--remove goes with --dry-run alone.");
        });
        return program.Runs(
            command.WithoutStores(),
            RunAsync,
            "eyeslots cluster prepare --spark spark-4.1.4-bin-hadoop3.tgz --jre /usr/lib/jvm/java-17-openjdk-amd64",
            "eyeslots cluster prepare --data-buckets faces slots --email ops@example.org --region eu-central-1",
            "eyeslots cluster prepare --libtorch /opt/libtorch --dry-run",
            "eyeslots cluster prepare --remove");
    }

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        var options = OptionsOf(parsed);
        using var account = new ClusterAccount(AwsLine.Open(parsed, session));
        var (view, dryRun) = (new ClusterView(session, ""), parsed.GetValue(AwsLine.DryRun));
        var removes = parsed.GetValue(Remove);
        session.Say($"{(removes ? $"Removing {ClusterBase.StackName} from" : "Preparing")} {account.Region}{(dryRun ? "; a dry run" : "")}.");
        var report = removes
            ? await new BaseRemoval(account, view).RunAsync(dryRun, cancellation)
            : await new Preparation(account, view).RunAsync(options, dryRun, cancellation);
        return session.Show(report, CliJson.Default.PreparationReport, () => Show(session, report, removes));
    }

    private static PreparationOptions OptionsOf(ParseResult parsed) => new PreparationOptions
    {
        Program = AppContext.BaseDirectory, Worker = SparkOptions.WorkerArchive, Trainer = TrainerProgram.Folder,
        Spark = ClusterLine.Local(parsed.GetValue(Spark)), Jre = ClusterLine.Local(parsed.GetValue(Jre)), LibTorch = ClusterLine.Local(parsed.GetValue(LibTorch)),
        DataBuckets = parsed.GetValue(DataBuckets) ?? [], Vpc = parsed.GetValue(Vpc), Subnets = parsed.GetValue(Subnets) ?? [],
        Email = parsed.GetValue(Email), Budget = parsed.GetValue(Budget),
    }.Validated();

    private static void Show(Session session, PreparationReport report, bool removed)
    {
        foreach (var call in report.Calls) session.Terminal.Out.WriteLine($"would call {call}");
        if (report.Calls.Count > 0) return;
        foreach (var artifact in report.Artifacts) session.Terminal.Out.WriteLine($"{artifact.Sha256[..12]} {artifact.File}, {Quantity.Bytes(artifact.Bytes)}{(artifact.Sent ? "" : ", was there")}");
        session.Terminal.Out.WriteLine(removed
            ? $"{ClusterBase.StackName} is gone from {report.Region}; the data stays: {string.Join(", ", report.DataBuckets.Select(bucket => $"s3://{bucket}"))}"
            : $"{report.Region} is {(report.Next is null ? "ready" : "prepared in part")}: artifacts in s3://{report.ArtifactBucket}, data in {string.Join(", ", report.DataBuckets.Select(bucket => $"s3://{bucket}"))}");
        if (report.Next is { } next) session.Terminal.Out.WriteLine($"A cluster needs more: {next}");
    }
}
