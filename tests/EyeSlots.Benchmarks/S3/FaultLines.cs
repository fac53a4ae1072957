using EyeSlots.Integration.Tests.Storage.Servers;

namespace EyeSlots.Benchmarks.S3;

/// <summary>
/// A server 30 ms away that is in trouble: the rate, beside that without trouble, in turns. After them a run with hashed images, whose shards
/// must be, in names and bytes, those of a run on folders.
/// </summary>
internal static class FaultLines
{
    private static readonly Distance Calm = new() { Delay = TimeSpan.FromMilliseconds(30) };

    public static async Task RunAsync(S3Bench bench)
    {
        var troubles = Troubles(bench.Scale);
        var faces = bench.Site.Faces(bench.Scale.Faces);
        List<ServerProcess<DistantCalls>> servers = [];
        try
        {
            foreach (var trouble in troubles) servers.Add(await bench.AtAsync(trouble.Distance));
            var rates = troubles.Select(_ => new List<double>()).ToArray();
            for (var turn = 0; turn < bench.Scale.Runs; turn++)
            {
                for (var at = 0; at < servers.Count; at++) rates[at].Add(bench.Jobs.OnS3(faces, servers[at].Endpoint).Rate);
            }

            bench.Jobs.OnFolders(faces, "--hash-images");
            foreach (var server in servers) bench.Jobs.OnS3(faces, server.Endpoint, "--hash-images");
            for (var at = 0; at < servers.Count; at++) await ShowAsync(troubles[at].Name, servers[at], Turns.Median(rates[at]), Turns.Median(rates[0]));
        }
        finally
        {
            foreach (var server in servers) await server.DisposeAsync();
        }
    }

    private static (string Name, Distance Distance)[] Troubles(S3Scale scale) =>
    [
        ("none", Calm), ("SlowDown for 5 %", Calm with { SlowDownShare = 0.05 }), ("SlowDown for 50 %", Calm with { SlowDownShare = 0.5 }),
        ("50 connections", Calm with { MostConnections = 50 }),
        (FormattableString.Invariant($"each {scale.StallEvery}th stalls {scale.StallFor.TotalSeconds} s"), Calm with { StallEvery = scale.StallEvery, StallFor = scale.StallFor }),
    ];

    private static async Task ShowAsync(string trouble, ServerProcess<DistantCalls> server, double rate, double calm)
    {
        var calls = await server.CallsAsync();
        S3Bench.Show(
            trouble == "none" ? "30 ms away, no trouble" : trouble,
            $"{rate:F0} faces/s, {rate / calm:F2} of that without trouble; same shards, nothing lost; {calls.SlowDowns} SlowDowns, {calls.Stalls} stalls, {calls.Refused} refused connections, {calls.MostConnections} open at most");
    }
}
