namespace EyeSlots.Preprocessing.Synthesis.Portraits;

/// <summary>What a face keeps from photograph to photograph. Lengths are shares of the face's width.</summary>
/// <param name="Brows">Their form.</param>
/// <param name="Eyes">Their form.</param>
/// <param name="Colours">Skin, hair, iris and white.</param>
/// <param name="Glasses">Their form, or null without.</param>
/// <param name="Hair">A lock before one eye, or null.</param>
internal sealed record Person(Brows Brows, Eyes Eyes, Colours Colours, Glasses? Glasses, Lock? Hair)
{
    /// <summary>Draws a person.</summary>
    public static Person Draw(Traits traits) => new(
        Brows.Draw(traits), Eyes.Draw(traits), Colours.Draw(traits), traits.Has(0.3) ? Glasses.Draw(traits) : null, traits.Has(0.25) ? Lock.Draw(traits) : null);
}

/// <summary>Both eyebrows.</summary>
/// <param name="Height">Above the line of the eyes.</param>
/// <param name="Tilt">Fall from the inner to the outer end.</param>
/// <param name="Thickness">At the inner end.</param>
/// <param name="Arch">Rise of the middle above both ends.</param>
/// <param name="Length">From end to end.</param>
internal sealed record Brows(double Height, double Tilt, double Thickness, double Arch, double Length)
{
    public static Brows Draw(Traits traits) => new(
        traits.Around(0.15, 0.02), traits.Around(0, 0.025), traits.Around(0.034, 0.009), traits.Around(0.02, 0.01), traits.Around(0.25, 0.02));
}

/// <summary>Both eyes.</summary>
/// <param name="Size">1 is usual; scales opening, iris and width alike.</param>
/// <param name="Openness">1 is usual; scales the opening alone.</param>
/// <param name="Distance">From the nose to an eye's centre.</param>
/// <param name="Slant">Rise of the outer corner over half the eye's width.</param>
/// <param name="Peak">Where the lids are widest: above 0 nearer to the outer corner.</param>
/// <param name="Crease">From the upper lid to its crease, as a share of the lid's own opening.</param>
/// <param name="Lash">Thickness of the lashes' line on the upper lid.</param>
/// <param name="Bag">Darkness of the fold below the lower lid, 0 to 1.</param>
internal sealed record Eyes(double Size, double Openness, double Distance, double Slant, double Peak, double Crease, double Lash, double Bag)
{
    public static Eyes Draw(Traits traits) => new(
        traits.Around(1, 0.1), traits.Around(1, 0.14), traits.Around(0.215, 0.012), traits.Around(0.05, 0.09), traits.Around(0, 0.12),
        traits.Around(0.5, 0.18), traits.Around(0.012, 0.003), traits.Towards(0.1, 0.6));
}

/// <summary>The frame of a pair of glasses.</summary>
/// <param name="Width">Half a glass's width.</param>
/// <param name="Height">Half a glass's height.</param>
/// <param name="Rim">Thickness of the frame.</param>
/// <param name="Square">0 round to 1 square.</param>
/// <param name="Shade">0 black to 1 light.</param>
internal sealed record Glasses(double Width, double Height, double Rim, double Square, double Shade)
{
    public static Glasses Draw(Traits traits) => new(
        traits.Around(0.16, 0.008), traits.Around(0.115, 0.01), traits.Around(0.012, 0.003), traits.Towards(0, 1), traits.Towards(0, 0.8));
}

/// <summary>A lock of hair before an eye.</summary>
/// <param name="Side">-1 for the eye at the image's left, 1 for the other.</param>
/// <param name="Across">Where it passes the line of the eyes, from the eye's centre outwards.</param>
/// <param name="Lean">How far it leans outwards on its way down.</param>
/// <param name="Strands">How many strands it has.</param>
internal sealed record Lock(int Side, double Across, double Lean, int Strands)
{
    public static Lock Draw(Traits traits) =>
        new(traits.Random.Next(2) == 0 ? -1 : 1, traits.Around(0.05, 0.03), traits.Around(0.05, 0.06), traits.Random.Next(3, 8));
}
