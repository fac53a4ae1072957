using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;

namespace EyeSlots.Benchmarks.Fuzzing;

/// <summary>Shards that are whole as files, and whose values may be anything: what somebody would write who knows the format.</summary>
internal static class HostileShard
{
    public static readonly string Fingerprint = new('a', 64);

    /// <summary>Writes a shard by the product's own writer.</summary>
    /// <param name="format">Of its crops.</param>
    /// <param name="rows">How many.</param>
    /// <param name="random">Decides all of it.</param>
    /// <param name="everyValue">One of so many values is hostile.</param>
    public static async Task<byte[]> MakeAsync(SlotFormat format, int rows, Random random, int everyValue)
    {
        var seeds = SeedCrops.Of(format);
        var crops = Enumerable.Range(0, rows).Select(_ => seeds[random.Next(seeds.Length)]).ToArray();
        var slots = Array.ConvertAll(crops, crop => random.Next(everyValue) == 0 ? ByteMutation.Of(crop.Bytes, seeds[0].Bytes, random) : crop.Bytes);
        ShardRow[] made = [.. crops.Select((crop, at) => Row(crop, at, random, everyValue))];
        T Or<T>(T value, Func<Random, T> hostile) => random.Next(everyValue) == 0 ? hostile(random) : value;
        var metadata = new ShardMetadata(
            Or(FormatVersions.Schema, HostileValues.Int32), Or(FormatVersions.Pixel, HostileValues.Int32), Or(ParameterText.Of(new() { Format = format }), HostileValues.Text),
            Or(Fingerprint, HostileValues.Text), Or(rows, HostileValues.Int32), Or(0, HostileValues.Int32), Or("", HostileValues.Text));
        return (await ShardWriter.WriteAsync(made, [.. slots.Select(slot => new ReadOnlyMemory<byte>(slot))], metadata, new())).ToArray();
    }

    /// <summary>Reads the chosen columns of a row group.</summary>
    public static void Read(ShardRowGroup group, IReadOnlyList<ShardColumn> columns)
    {
        foreach (var column in columns)
        {
            var values = column switch
            {
                ShardColumn<string> texts => group.Read(texts).Length,
                ShardColumn<int> numbers => group.Read(numbers).Length,
                ShardColumn<double> reals => group.Read(reals).Length,
                ShardColumn<float> reals => group.Read(reals).Length,
                ShardColumn<int?> labels => group.Read(labels).Length,
                ShardColumn<float?> labels => group.Read(labels).Length,
                ShardColumn<ReadOnlyMemory<byte>> slots => group.Read(slots).Length,
                _ => throw new InvalidOperationException($"The column {column} has a type that is not read here."),
            };
            if (values != group.RowCount) throw new InvalidOperationException($"{values} values of {column} for {group.RowCount} rows.");
        }
    }

    private static ShardRow Row(SeedCrop crop, int at, Random random, int everyValue)
    {
        T Or<T>(T value, Func<Random, T> hostile) => random.Next(everyValue) == 0 ? hostile(random) : value;
        double Real(double value) => Or(value, HostileValues.Real);
        return new()
        {
            Key = new(Or("training", HostileValues.Text), Or($"{at}/face.jpg", HostileValues.Text), Or(0, HostileValues.Int32)), Slot = default,
            Width = Or(crop.Width, HostileValues.Int32), Height = Or(crop.Height, HostileValues.Int32),
            Geometry = new EyeSlot(Real(100), Real(80), Real(60), Real(20), Direction.Right), Theta = Real(at % 180),
            Coverage = (float)Real(0.9), ImageWidth = Or(425, HostileValues.Int32), ImageHeight = Or(425, HostileValues.Int32),
            Expression = at % 3 == 0 ? null : Or(at % 11, HostileValues.Int32),
            Valence = at % 4 == 0 ? null : (float)Real(0.5), Arousal = at % 2 == 0 ? null : (float)Real(-0.5),
        };
    }
}
