using System.Globalization;

namespace EyeSlots.Aws.Costs;

/// <summary>How an estimate comes about, line by line, from figures of the price file.</summary>
/// <param name="Name">What a line is about.</param>
/// <param name="Text">Its arithmetic and what it comes to.</param>
public readonly record struct ArithmeticLine(string Name, string Text);

/// <summary>The lines of a shape's estimate.</summary>
public static class ShapeArithmetic
{
    /// <summary>The three rates with a mark at the one that binds, the seconds, each term of the dollars, and their sum.</summary>
    public static IEnumerable<ArithmeticLine> Lines(CostEstimate estimate, ShapeCost cost, int prefixes, PriceFile prices)
    {
        var (shape, rates) = (cost.Shape, cost.Rates);
        var (working, type) = shape.IsOneMachine ? (1, shape.Master) : (shape.Workers, shape.Worker);
        yield return Rate(RateLimit.Processors, $"{working} × {type.Vcpus} / {estimate.MillisecondsPerImage} ms", rates.Processors);
        yield return Rate(RateLimit.Network, $"{working} × {type.Network} / ({prices.ReadShare.Value} × {estimate.Bytes} B / {estimate.Images})", rates.Network);
        yield return Rate(RateLimit.Requests, $"{prefixes} × {prices["GET rate of a prefix"].Value} GET/s / {prices.GetsOfImage.Value}", rates.Requests);
        yield return new("seconds", Invariant($"{cost.BootSeconds} s of boot + {estimate.Images} / {rates.Lowest:F1} = {cost.Seconds:F1} s") + (cost.PaidSeconds > cost.Seconds ? Invariant($", paid {cost.PaidSeconds:F1} s") : ""));
        foreach (var term in cost.Terms) yield return new(term.Name, term.ToString());
        yield return new("sum", Money.Of(cost.Dollars));

        ArithmeticLine Rate(RateLimit limit, FormattableString arithmetic, double rate) =>
            new(limit.ToString().ToLowerInvariant(), Invariant(arithmetic) + Invariant($" = {rate:F1} images/s") + (cost.Limit == limit ? ", which binds" : ""));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
