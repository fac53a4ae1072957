using System.Globalization;

namespace EyeSlots.Aws.Costs;

/// <summary>One number of the price file, with where it comes from.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Value">Positive.</param>
/// <param name="Unit">Its unit, such as <c>USD/h</c>.</param>
/// <param name="Date">When it was looked up or measured, or since when it holds.</param>
/// <param name="Source">Where.</param>
/// <param name="Believed">It could not be looked up.</param>
public readonly record struct Figure(string Name, double Value, string Unit, DateOnly Date, string Source, bool Believed)
{
    /// <summary>The number and its unit, as the price file has them.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value} {Unit}");

    /// <summary>When it was looked up, and whether it was.</summary>
    public string Origin => string.Create(CultureInfo.InvariantCulture, $"{(Believed ? "believed, " : "")}{Date:yyyy-MM-dd}");
}
