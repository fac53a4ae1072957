using EyeSlots.Integration.Tests.Storage.Servers;
using EyeSlots.Preprocessing.Decoding;

namespace EyeSlots.Benchmarks.S3;

/// <summary>The job from and to S3: each line in turns, medians, with its ratio and what is wanted of it.</summary>
internal static class S3Benchmark
{
    private static readonly (string Name, Func<S3Bench, Task> Measure)[] Lines =
    [
        ("beside", BesideLine.RunAsync), ("distance", DistanceLines.RunAsync), ("faults", FaultLines.RunAsync), ("peer", PeerLine.RunAsync), ("bandwidth", BandwidthLine.RunAsync), ("memory", MemoryLine.RunAsync),
    ];

    /// <summary>Runs the lines that the options name, or all.</summary>
    public static async Task<int> RunAsync(Options options)
    {
        using var drawn = options.Data.Length == 0 ? DrawnFaces.Make(24) : null;
        var scale = options.Check || drawn is not null ? S3Scale.Check : S3Scale.Of(options);
        var only = options.Only.Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (only.Except(Lines.Select(line => line.Name)).FirstOrDefault() is { } unknown)
            throw new ArgumentException($"--only takes {string.Join(", ", Lines.Select(line => line.Name))}, not {unknown}.");
        await using var site = await S3Site.OfAsync(drawn?.Folder ?? options.Data, scale.Faces);
        Describe(site, scale);
        var bench = new S3Bench(site, new(site), scale);
        foreach (var (name, measure) in Lines)
        {
            if (only.Length == 0 || only.Contains(name)) await measure(bench);
        }

        return 0;
    }

    private static void Describe(S3Site site, S3Scale scale)
    {
        var (sides, bytes) = (new List<double>(), new List<double>());
        foreach (var path in site.Photographs)
        {
            var file = File.ReadAllBytes(path);
            if (HeaderReader.TryRead(file, out var header, out _)) sides.Add(Math.Sqrt((double)header.Width * header.Height));
            bytes.Add(file.Length / 1000.0);
        }

        var (side, size) = (sides.Average(), bytes.Average());
        Console.WriteLine(FormattableString.Invariant(
            $"{bytes.Count} photographs of {side:F0} px (deviation {Math.Sqrt(sides.Average(one => (one - side) * (one - side))):F0}) and {size:F1} kB on average, under as many names as a line has faces; two workers"));
        Console.WriteLine($"versitygw, the proxy that plays the distance, and the client on the same {Environment.ProcessorCount} processors; medians of {scale.Runs} turns");
    }
}

/// <summary>What the lines of the benchmark work with.</summary>
/// <param name="Site">The server.</param>
/// <param name="Jobs">Runs on it.</param>
/// <param name="Scale">How much.</param>
internal sealed record S3Bench(S3Site Site, S3Jobs Jobs, S3Scale Scale)
{
    /// <summary>Starts the proxy before the server.</summary>
    public Task<ServerProcess<DistantCalls>> AtAsync(Distance distance) => DistantProcess.StartAsync(Site.Endpoint, distance);

    /// <summary>Prints a line: what, its figures.</summary>
    public static void Show(string title, FormattableString figures) => Console.WriteLine($"{title,-28} {FormattableString.Invariant(figures)}");
}
