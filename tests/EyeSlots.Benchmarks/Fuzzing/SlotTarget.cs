using EyeSlots.Core.Planning;
using EyeSlots.Preprocessing.Cropping;

namespace EyeSlots.Benchmarks.Fuzzing;

/// <summary>Crops of the slot column, with the size that their row states.</summary>
internal sealed class SlotTarget(SlotFormat format) : FuzzTarget
{
    private readonly SeedCrop[] seeds = SeedCrops.Of(format);
    private readonly SlotDecoder decoder = new();
    private (int Width, int Height) stated;

    public override string Name => $"slot {format}";

    public override int MostExpansion => 4096;

    public override Task<byte[]> DrawAsync(Random random)
    {
        var seed = Any(seeds, random);
        stated = random.Next(4) == 0 ? (HostileValues.Int32(random), HostileValues.Int32(random)) : (seed.Width, seed.Height);
        var bytes = random.Next(8) == 0 ? seed.Bytes : ByteMutation.Of(seed.Bytes, Any(seeds, random).Bytes, random);
        return Task.FromResult(random.Next(3) == 0 ? SizeMutation.Of(bytes, format, ref stated, random) : bytes);
    }

    public override Task<string> ReadAsync(byte[] file)
    {
        var pixels = decoder.ToBgr(file, format, stated.Width, stated.Height);
        if (pixels is not null && pixels.Length != 3L * stated.Width * stated.Height) throw new InvalidOperationException($"{pixels.Length} bytes for {stated}.");
        return Task.FromResult(pixels is null ? "damaged" : "pixels");
    }

    public override bool IsRefusal(Exception error) => false;
}
