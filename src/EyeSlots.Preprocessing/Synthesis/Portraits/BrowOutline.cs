namespace EyeSlots.Preprocessing.Synthesis.Portraits;

/// <summary>Where one brow lies in the face's frame. What the labels move is small beside what differs from person to person.</summary>
internal sealed class BrowOutline(Brows brows, int side, double valence, double arousal)
{
    private const double Middle = 0.24;

    /// <summary>The middle of the brow, from its inner (0) to its outer end (1).</summary>
    public (double X, double Y) At(double along)
    {
        var fromMiddle = along - 0.5;
        var arch = 4 * brows.Arch * along * (1 - along);
        var lift = brows.Height + (0.012 * arousal) - (0.02 * valence * fromMiddle);
        return (side * (Middle + (brows.Length * fromMiddle)), FaceShape.EyeY - lift - arch + (brows.Tilt * fromMiddle));
    }

    /// <summary>The brow's edge: thick at the inner end, thin at the outer one.</summary>
    public (double X, double Y)[] Edge()
    {
        const int steps = 12;
        var edge = new (double X, double Y)[2 * (steps + 1)];
        for (var i = 0; i <= steps; i++)
        {
            var along = i / (double)steps;
            var (x, y) = At(along);
            var half = brows.Thickness * (i == 0 ? 0.35 : 0.5 * (1 - (0.7 * along * along)));
            (edge[i], edge[^(i + 1)]) = ((x, y - half), (x, y + half));
        }

        return edge;
    }
}
