namespace EyeSlots.Reporting.Datasets;

/// <summary>A number that every face has, with the range that it must lie in and the digits to which it is counted and shown.</summary>
/// <param name="Name">As headings show it.</param>
/// <param name="Unit">Of the numbers; empty where they have none.</param>
/// <param name="Least">No face has less.</param>
/// <param name="Most">No face has more.</param>
/// <param name="Decimals">Digits behind the point.</param>
/// <param name="Tail">Share of the faces at each end that a histogram may leave out, so that a few far away do not squeeze the others together.</param>
internal sealed record FaceQuantity(string Name, string Unit, double Least, double Most, int Decimals, double Tail = 0)
{
    /// <summary>The longest side that any format of the project's holds.</summary>
    private const int LongestSide = ushort.MaxValue;

    public static readonly FaceQuantity Theta = new("Angle θ", "degrees", -180, 180, 1, Tail: 0.005);
    public static readonly FaceQuantity Width = new("Width of the crop", "pixels", 1, LongestSide, 0, Tail: 0.005);
    public static readonly FaceQuantity Height = new("Height of the crop", "pixels", 1, LongestSide, 0, Tail: 0.005);
    public static readonly FaceQuantity Coverage = new("Coverage", "share of the slot inside", 0, 1, 3);
    public static readonly FaceQuantity Valence = new("Valence", "", -1, 1, 2);
    public static readonly FaceQuantity Arousal = new("Arousal", "", -1, 1, 2);

    /// <summary>Whether a face can have this value; false for what is no number.</summary>
    public bool Holds(double value) => value >= Least && value <= Most;

    /// <summary>The value in units of its last digit.</summary>
    public int UnitsOf(double value) => (int)Math.Round(Math.Round(value, Decimals) * Scale);

    /// <summary>The value of so many units.</summary>
    public double ValueOf(int units) => units / Scale;

    /// <summary>As sentences show it.</summary>
    public string Text(double value) => Quantity.Fixed(value, Decimals);

    /// <summary>What was counted, with its unit.</summary>
    public string Axis => Unit.Length == 0 ? Name : $"{Name}, {Unit}";

    private double Scale => Decimals switch { 0 => 1, 1 => 10, 2 => 100, _ => 1000 };
}
