using System.Globalization;
using EyeSlots.Integration.Tests.Storage.Servers;

namespace EyeSlots.Benchmarks;

/// <summary>
/// A night in which nothing has changed, over many photographs 30 ms away: a first run whose shards are stubs, then the one that is measured,
/// through the whole job, each in a process of its own because memory is measured too.
/// </summary>
internal static class ListingBenchmark
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(30);

    /// <summary>A million photographs that are all named, and three million of which a thousand are.</summary>
    public static async Task<int> RunAsync(bool check)
    {
        var small = check ? 100 : 1;
        await NightAsync(1_000_000 / small, 1_000_000 / small);
        await NightAsync(3_000_000 / small, 1_000_000 / small);
        await NightAsync(3_000_000 / small, 1_000);
        return 0;
    }

    private static async Task NightAsync(int photographs, int named)
    {
        const int Folders = 500;
        await using var images = await ListingProcess.StartAsync(Folders, photographs / Folders, Delay);
        using var scratch = new Scratch();
        var list = Path.Combine(scratch.Folder, "training.csv");
        WriteList(list, new(ListingProcess.Prefix, Folders, photographs / Folders), photographs / named);
        var data = Directory.CreateDirectory(Path.Combine(scratch.Folder, "data", "shards")).Parent!.FullName;
        await using var gateway = await Gateway.StartAsync("benchmark", "benchmark-secret", data);
        await using var beside = await DistantProcess.StartAsync(gateway.Endpoint, new());
        await ListingNight.RunAsync(images.Endpoint, beside.Endpoint, list);
        await using var shards = await DistantProcess.StartAsync(gateway.Endpoint, new() { Delay = Delay });
        var before = await images.CallsAsync();
        var night = await ListingNight.RunAsync(images.Endpoint, shards.Endpoint, list);
        if (night.Made > 0) throw new InvalidOperationException($"{night.Made} shards were made again.");
        Show(photographs, named, night, before, await images.CallsAsync(), await shards.CallsAsync());
    }

    private static void Show(int photographs, int named, ListingNight night, ListingCalls before, ListingCalls after, DistantCalls shards)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{named} of {photographs} photographs named: {night.Seconds:F1} s, the plan {night.PlanSeconds:F1} s of it; {night.ProcessorSeconds:F1} s of processor, at most {night.Megabytes} MB"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"    images: {after.Lists - before.Lists} LISTs of {after.Keys - before.Keys} keys, {after.Heads - before.Heads} HEADs, {after.Gets - before.Gets} GETs; shards: {shards.Lists} LISTs, {shards.Gets} GETs, {shards.Heads} HEADs, {shards.Puts} PUTs, {shards.Others} others"));
    }

    private static void WriteList(string path, GeneratedKeys keys, int every)
    {
        using var list = new StreamWriter(path);
        list.WriteLine("subDirectory_filePath,face_x,face_y,face_width,face_height,facial_landmarks,expression,valence,arousal");
        var landmarks = string.Join(';', Enumerable.Range(0, 68).Select(point => string.Create(CultureInfo.InvariantCulture, $"{100 + (point * 2)}.25;{100 + (point * 37 % 90)}.75")));
        for (var at = 0; at < keys.Count; at += every) list.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{keys[at]["images/".Length..]},0,0,300,300,{landmarks},0,0.1,0.2"));
    }
}
