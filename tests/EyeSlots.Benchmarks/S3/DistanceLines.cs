using EyeSlots.Integration.Tests.Storage.Servers;

namespace EyeSlots.Benchmarks.S3;

/// <summary>The same server 30 and 100 ms away, beside itself behind the same proxy that adds nothing: the proxy's own cost is in all.</summary>
internal static class DistanceLines
{
    private static readonly (int Milliseconds, string Wanted)[] Places = [(30, "0.90"), (100, "0.70")];

    public static async Task RunAsync(S3Bench bench)
    {
        var faces = bench.Site.Faces(bench.Scale.Faces);
        await using var near = await bench.AtAsync(new());
        await using var far = await bench.AtAsync(new() { Delay = TimeSpan.FromMilliseconds(Places[0].Milliseconds) });
        await using var farthest = await bench.AtAsync(new() { Delay = TimeSpan.FromMilliseconds(Places[1].Milliseconds) });
        ServerProcess<DistantCalls>[] servers = [near, far, farthest];
        var rates = servers.Select(_ => new List<double>()).ToArray();
        for (var turn = 0; turn < bench.Scale.Runs; turn++)
        {
            for (var at = 0; at < servers.Length; at++) rates[at].Add(bench.Jobs.OnS3(faces, servers[at].Endpoint).Rate);
        }

        var beside = Turns.Median(rates[0]);
        S3Bench.Show("0 ms away", $"{beside:F0} faces/s");
        for (var at = 1; at < servers.Length; at++)
        {
            var (place, rate) = (Places[at - 1], Turns.Median(rates[at]));
            S3Bench.Show($"{place.Milliseconds} ms away", $"{rate:F0} faces/s: {rate / beside:F2} of it (wanted: at least {place.Wanted}); {(await servers[at].CallsAsync()).MostConnections} connections at most");
        }
    }
}
