namespace EyeSlots.Preprocessing.Synthesis.Portraits;

/// <summary>Draws what differs between persons or photographs; at a variety of 0 everything is as usual.</summary>
/// <param name="Random">Where the numbers come from.</param>
/// <param name="Variety">How much differs, 0 to 1.</param>
internal readonly record struct Traits(Random Random, double Variety)
{
    /// <summary>A normal distribution about the usual, cut off at two standard deviations.</summary>
    public double Around(double usual, double deviation) => usual + (Variety * deviation * Math.Clamp(Draws.Normal(Random), -2, 2));

    /// <summary>A step from the usual to one end, each length as likely.</summary>
    public double Towards(double usual, double end) => usual + (Variety * (end - usual) * Random.NextDouble());

    /// <summary>True for a share of all.</summary>
    public bool Has(double share) => Random.NextDouble() < Variety * share;
}
