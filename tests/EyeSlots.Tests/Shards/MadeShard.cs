using System.Buffers;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;

namespace EyeSlots.Tests.Shards;

/// <summary>Shards of made-up crops: what is written depends on the numbers given here alone.</summary>
internal static class MadeShard
{
    public static readonly string Fingerprint = new('a', 64);

    public static Slice Slice(int faces, string? fingerprint = null, string list = "training") =>
        new(list, fingerprint ?? Fingerprint, [.. Enumerable.Range(0, faces).Select(at => Face(at, list))]);

    public static SliceFace Face(int at, string list = "training") => new()
    {
        Key = new(list, $"{at / 3}/{at / 2}.jpg", at % 2), Eyes = new double[46],
        Expression = at % 5 == 4 ? null : at % 11, Valence = at % 3 == 2 ? null : (at % 19 / 10f) - 0.9f, Arousal = at % 4 == 3 ? null : -0.125f * (at % 8),
    };

    /// <summary>A shard in which every <paramref name="rejectEvery"/>-th face is rejected; 0 rejects none.</summary>
    public static async Task<ShardFiles> MakeAsync(Slice slice, int rejectEvery = 0, JobParameters? parameters = null, byte pixels = 0)
    {
        var builder = new ShardBuilder(slice, parameters ?? new() { Format = SlotFormat.Raw }, 512L << 20);
        for (var at = 0; at < slice.Faces.Count; at++)
        {
            if (rejectEvery > 0 && at % rejectEvery == 0) builder.Reject(at, new((RejectCode)(at % 7), $"Reason {at} of [red]."));
            else Add(builder, at, pixels);
        }

        return await builder.FinishAsync();
    }

    /// <summary>A shard of square crops of noise.</summary>
    public static async Task<ShardFiles> MakeLargeAsync(int faces, int side)
    {
        var (slice, random) = (Slice(faces), new Random(5));
        var builder = new ShardBuilder(slice, new() { Format = SlotFormat.Raw }, 512L << 20);
        for (var at = 0; at < faces; at++)
        {
            random.NextBytes(builder.Slot.GetSpan(3 * side * side)[..(3 * side * side)]);
            builder.Slot.Advance(3 * side * side);
            builder.Add(at, new EyeSlot(1, 2, side, side, Direction.Right), 1, side, side, 400, 300);
        }

        return await builder.FinishAsync();
    }

    private static void Add(ShardBuilder builder, int at, byte pixels)
    {
        var (width, height) = (3 + (at % 4), 2);
        var rgb = new byte[3 * width * height];
        for (var i = 0; i < rgb.Length; i++) rgb[i] = (byte)(at + i + pixels);
        builder.Slot.Write(rgb);
        builder.Add(at, new EyeSlot(at + 0.5, at / 3.0, 2.75 + at, 1.25, Direction.OfDegrees((at * 37 % 360) - 179.5)), 1 - (at / 4096.0), width, height, 400 + at, 300);
    }
}
