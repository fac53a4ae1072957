namespace EyeSlots.Aws.Costs;

/// <summary>A part of what a run costs.</summary>
/// <param name="Name">Of what.</param>
/// <param name="Arithmetic">How it comes about, from figures of the price file.</param>
/// <param name="Dollars">What it comes to.</param>
public readonly record struct CostTerm(string Name, string Arithmetic, double Dollars)
{
    /// <summary>A line: <c>arithmetic = dollars</c>.</summary>
    public override string ToString() => $"{Arithmetic} = {Money.Of(Dollars)}";
}

/// <summary>Dollars as tables show them: a cent has fractions here.</summary>
public static class Money
{
    /// <summary>With four decimals.</summary>
    public static string Of(double dollars) => $"${Quantity.Fixed(dollars, 4)}";

    /// <summary>A difference of dollars, with its sign.</summary>
    public static string Difference(double dollars) => $"{Quantity.Signed(dollars, 4)} $";
}
