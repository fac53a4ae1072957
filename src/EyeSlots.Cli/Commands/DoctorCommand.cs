using System.CommandLine;
using EyeSlots.Cli.Training;
using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Spark.Engine;

namespace EyeSlots.Cli.Commands;

/// <summary><c>doctor</c>: checks this machine, the storage and a cluster.</summary>
internal static class DoctorCommand
{
    private static readonly Option<string?> Out = new("--out") { Description = "Also try this dataset root: list, publish once, read, delete", HelpName = "ROOT" };
    private static readonly Option<string?> Images = new("--images") { Description = "Also look whether this image root can be listed", HelpName = "ROOT" };

    public static Command Create(ConsoleProgram program) => program.Runs(
        new Command("doctor", "Check this machine, training, the storage and a Spark cluster, and say what to do about each failure")
        {
            Out, Images, StoreOptions.FollowLinks, SparkOptions.Remote, SparkOptions.Level, SparkOptions.SendCredentials,
        },
        RunAsync,
        "eyeslots doctor", "eyeslots doctor --out s3://slots --images /data/affectnet", "eyeslots doctor --remote sc://cluster:15002 --out s3://slots");

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        if (SparkOptions.RemoteOf(parsed) is null) SparkOptions.RequireNone(parsed, $"a server: --remote sc://HOST:PORT, or {SparkOptions.RemoteVariable} in the environment");
        var (root, images) = (Full(parsed.GetValue(Out)), Full(parsed.GetValue(Images)));
        session.Say("Checking this machine" + (root is null ? "; --out ROOT checks a storage too." : $" and {root}."));
        List<ProbeResult> checks = [.. MachineCheck.Run(), .. await TrainerCheck.RunAsync(cancellation), .. await StoreOptions.CheckS3Async(session, [root, images], cancellation)];
        if (root is not null) checks.AddRange((await StorageProbe.RunAsync(session.Open(root), cancellation)).Select(check => check with { Check = "storage: " + check.Check }));
        if (images is not null) checks.Add(await StorageProbe.FindImagesAsync(session.Stores.Open(StorageAddress.Parse(images), parsed.GetValue(StoreOptions.FollowLinks)), cancellation));
        if (SparkOptions.RemoteOf(parsed) is not null) checks.AddRange(await AskClusterAsync(parsed, session, cancellation));
        return CheckReport.Show(session, checks);
    }

    private static async Task<IReadOnlyList<ProbeResult>> AskClusterAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        var spark = await SparkOptions.OfAsync(parsed, session);
        session.Say($"Asking every executor of {SparkOptions.AddressOf(spark)}.");
        return await SparkProbe.RunAsync(spark, new()
        {
            Images = Full(parsed.GetValue(Images)), Output = Full(parsed.GetValue(Out)), FollowLinks = parsed.GetValue(StoreOptions.FollowLinks),
            Storage = SparkOptions.StorageOf(session, parsed.GetValue(Images), parsed.GetValue(Out)),
        }, cancellation);
    }

    private static string? Full(string? root) => root is null ? null : StorageAddress.Parse(root).ToString();
}
