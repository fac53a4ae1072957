using OpenCvSharp;

namespace EyeSlots.Preprocessing.Synthesis.Portraits;

/// <summary>The colours of a person, blue first as OpenCV has them.</summary>
internal sealed record Colours(Scalar Skin, Scalar Hair, Scalar Iris, Scalar White)
{
    private static readonly Scalar UsualSkin = new(135, 160, 195), UsualHair = new(45, 55, 75), UsualIris = new(120, 100, 70);

    private static readonly Scalar[] Skins = [new(60, 85, 120), new(95, 125, 165), new(140, 165, 205), new(185, 205, 235)];
    private static readonly Scalar[] Hairs = [new(25, 25, 30), new(35, 50, 75), new(80, 120, 160), new(140, 140, 145), new(40, 70, 130)];
    private static readonly Scalar[] Irises = [new(45, 70, 110), new(60, 95, 135), new(90, 120, 95), new(160, 130, 85), new(185, 165, 135)];

    /// <summary>Lines and folds of the skin.</summary>
    public Scalar Fold => new(Skin.Val0 * 0.6, Skin.Val1 * 0.6, Skin.Val2 * 0.66);

    /// <summary>The black of a pupil.</summary>
    public static Scalar Pupil => new(18, 14, 14);

    public static Colours Draw(Traits traits) => new(
        Mixed(traits, UsualSkin, Skins), Mixed(traits, UsualHair, Hairs), Mixed(traits, UsualIris, Irises), Scalar.All(traits.Around(228, 8)));

    // A mixture of two of the colours that there are, as far from the usual one as the variety says.
    private static Scalar Mixed(Traits traits, Scalar usual, Scalar[] palette)
    {
        var (one, other, share) = (palette[traits.Random.Next(palette.Length)], palette[traits.Random.Next(palette.Length)], traits.Random.NextDouble());
        return Between(usual, Between(one, other, share), traits.Variety);
    }

    public static Scalar Between(Scalar from, Scalar to, double share) => new(
        from.Val0 + (share * (to.Val0 - from.Val0)), from.Val1 + (share * (to.Val1 - from.Val1)), from.Val2 + (share * (to.Val2 - from.Val2)));
}
