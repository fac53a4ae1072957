namespace EyeSlots.Aws.Costs;

/// <summary>What is to be cut, and how fast one vCPU is known to cut it.</summary>
/// <param name="Images">How many, at least 1.</param>
/// <param name="Bytes">Of all of them.</param>
/// <param name="Speed">Time of one vCPU for an image.</param>
/// <param name="Prefixes">Into how many prefixes S3 has divided them: 1 until it has seen much traffic.</param>
public sealed record Workload(long Images, long Bytes, ImageSpeed Speed, int Prefixes = 1)
{
    /// <summary>Checks every value; returns this.</summary>
    /// <exception cref="EyeSlotsException">usage: says which option, what it may be and what it is.</exception>
    public Workload Validated()
    {
        const long mostImages = 1_000_000_000_000, mostBytes = 1L << 60;
        Require.Between("--images-count", Images, 1, mostImages);
        Require.Between("--bytes", Bytes, 1, mostBytes);
        Require.Between("--prefixes", Prefixes, 1, 10_000);
        Require.Between("--ms-per-image", Speed.Milliseconds, 0.001, 1_000_000);
        return this;
    }
}

/// <summary>Time of one vCPU for an image, from its GET to its crop in a shard.</summary>
/// <param name="Milliseconds">How long.</param>
/// <param name="Source">Where it was measured, and when.</param>
public readonly record struct ImageSpeed(double Milliseconds, string Source)
{
    private const string Name = "milliseconds of an image";

    /// <summary>As the price file has it.</summary>
    public static ImageSpeed Of(PriceFile prices) => new(prices[Name].Value, $"{prices[Name].Source} ({prices[Name].Origin})");
}
