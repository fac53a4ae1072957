using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using EyeSlots.Core.Shards;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Preprocessing.Synthesis;

namespace EyeSlots.Integration.Tests.Jobs;

/// <summary>
/// A shard from somebody who knows the format: one crop's row and its JPEG header say 37,838 × 37,838 pixels, three bytes of which
/// multiply to little more than 2³². Every command that reads shards names it and ends with 1; none writes behind its memory.
/// </summary>
public sealed class HostileShardTests(DrawnFaces drawn)
{
    private const int Monstrous = 37_838, Large = 9_999;
    private readonly SynthSummary faces = drawn.Of(new() { Faces = 60, Side = 200, Seed = 13 });

    [Theory]
    [InlineData("verify")]
    [InlineData("duplicates")]
    public async Task Command_AShardWithOtherBytesThanTheManifestSays_NamesItAndDecodesNothing(string command)
    {
        using var scratch = new Scratch();
        var (shard, _) = await PoisonAsync(scratch, Monstrous, isStated: false);
        var ended = await EyeSlotsProgram.RunAsync(command, "--out", scratch["out"]);
        Assert.Equal((1, true), (ended.ExitCode, ended.Output.Contains($"{shard}.parquet is damaged: its bytes are not those that the manifest states.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("verify", Monstrous, "has a crop of 37838 x 37838 pixels")]
    [InlineData("verify", Large, "does not decode to 9999 x 9999 pixels")]
    [InlineData("duplicates", Monstrous, "has a crop of 37838 x 37838 pixels")]
    [InlineData("duplicates", Large, "does not decode to 9999 x 9999 pixels")]
    public async Task Command_AHostileShardThatTheManifestStates_NamesTheFaceAndCountsIt(string command, int side, string what)
    {
        using var scratch = new Scratch();
        var (_, face) = await PoisonAsync(scratch, side, isStated: true);
        var ended = await EyeSlotsProgram.RunAsync(command, "--out", scratch["out"]);
        Assert.Equal((1, ""), (ended.ExitCode, ended.Output.Contains(what, StringComparison.Ordinal) ? "" : ended.Output + ended.Errors));
        Assert.Contains(face, ended.Output, StringComparison.Ordinal);
        Assert.Contains("1 damaged: delete the damaged files and run preprocess again.", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Monstrous, false)]
    [InlineData(Monstrous, true)]
    [InlineData(Large, true)]
    public async Task ContactSheet_OfAHostileShard_IsDrawnWithoutItAndCountsIt(int side, bool isStated)
    {
        using var scratch = new Scratch();
        await PoisonAsync(scratch, side, isStated);
        var ended = await EyeSlotsProgram.RunAsync("inspect", "--out", scratch["out"], "--contact-sheet", scratch["sheet.png"], "--json");
        Assert.Equal(1, ended.ExitCode);
        Assert.Equal(1, ended.Json.GetProperty("damaged").GetArrayLength());
        Assert.True(new FileInfo(scratch["sheet.png"]).Length > 0);
    }

    [Theory]
    [InlineData("theta", "a value of it is no number")]
    [InlineData("footer", "its footer or a page's header is damaged")]
    public async Task Inspect_OfAHostileShard_CountsItAndShowsTheRest(string what, string detail)
    {
        using var scratch = new Scratch();
        var (fingerprint, _) = await PoisonAsync(scratch, 200, isStated: true, what == "theta" ? double.NaN : 0);
        if (what == "footer") await ChangeAsync(Path.Combine(scratch["out"], "shards", $"{fingerprint}.parquet"), bytes => bytes[^8] ^= 1);
        var ended = await EyeSlotsProgram.RunAsync("inspect", "--out", scratch["out"], "--json");
        Assert.Equal((1, ""), (ended.ExitCode, ended.Errors));
        var damaged = Assert.Single(ended.Json.GetProperty("statistics").GetProperty("damaged").EnumerateArray());
        Assert.Contains($"{fingerprint}.parquet is damaged: {detail}", damaged.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static async Task ChangeAsync(string path, Action<byte[]> change)
    {
        var bytes = await File.ReadAllBytesAsync(path);
        change(bytes);
        await File.WriteAllBytesAsync(path, bytes);
    }

    /// <summary>Rewrites the first shard with a hostile first row, and the manifest with it where it shall state the new bytes.</summary>
    private async Task<(string Fingerprint, string Face)> PoisonAsync(Scratch scratch, int side, bool isStated, double theta = 0)
    {
        await JobRuns.RunAsync(faces, scratch["out"]);
        var path = Directory.EnumerateFiles(Path.Combine(scratch["out"], "shards")).Order(StringComparer.Ordinal).First();
        var shard = ShardReader.Open(await File.ReadAllBytesAsync(path));
        var rows = shard.Rows().ToArray();
        rows[0] = rows[0] with { Width = side, Height = side, Theta = theta, Slot = WithSize(rows[0].Slot.ToArray(), (ushort)side) };
        var bytes = await ShardWriter.WriteAsync(rows, [.. rows.Select(row => row.Slot)], shard.Metadata, new());
        await File.WriteAllBytesAsync(path, bytes.ToArray());
        if (isStated) await StateAsync(Directory.EnumerateFiles(Path.Combine(scratch["out"], "manifests"), "*.json", SearchOption.AllDirectories).Single(), shard.Metadata.Fingerprint, bytes);
        return (shard.Metadata.Fingerprint, rows[0].Key.Display);
    }

    private static byte[] WithSize(byte[] jpeg, ushort side)
    {
        var frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 5), side);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 7), side);
        return jpeg;
    }

    private static async Task StateAsync(string manifest, string fingerprint, ReadOnlyMemory<byte> shard)
    {
        var json = JsonNode.Parse(await File.ReadAllTextAsync(manifest))!;
        var stated = json["content"]!["shards"]!.AsArray().Single(one => (string?)one!["fingerprint"] == fingerprint)!;
        json["content"]!["totals"]!["bytes"] = (long)json["content"]!["totals"]!["bytes"]! + shard.Length - (long)stated["bytes"]!;
        (stated["bytes"], stated["sha256"]) = (shard.Length, Convert.ToHexStringLower(SHA256.HashData(shard.Span)));
        await File.WriteAllTextAsync(manifest, json.ToJsonString());
    }
}
