namespace EyeSlots.Preprocessing.Synthesis.Portraits;

/// <summary>A person in a photograph.</summary>
/// <param name="Person">Who it is.</param>
/// <param name="Shot">How the person is seen.</param>
/// <param name="Valence">What the eyes show.</param>
/// <param name="Arousal">The same for arousal.</param>
internal sealed record Portrait(Person Person, Shot Shot, double Valence = 0, double Arousal = 0)
{
    /// <summary>The eye at the image's left (-1) or right (1).</summary>
    public EyeOutline Eye(int side) => new(Person.Eyes, Shot, side, Valence, Arousal);

    /// <summary>The brow at the image's left (-1) or right (1).</summary>
    public BrowOutline Brow(int side) => new(Person.Brows, side, Valence, Arousal);

    /// <summary>The 68 iBUG points in the face's frame, before the head turns.</summary>
    public (double X, double Y)[] Points()
    {
        var points = FaceShape.Points(Valence, Arousal);
        foreach (var side in (int[])[-1, 1])
        {
            var (brow, eye) = (Brow(side), Eye(side));
            for (var i = 0; i < 5; i++) points[side < 0 ? 21 - i : 22 + i] = brow.At(i / 4.0);
            var first = side < 0 ? 36 : 42;
            for (var i = 0; i < 4; i++) points[first + i] = eye.Upper(EyeOutline.LandmarkAt(i));
            for (var i = 0; i < 2; i++) points[first + 4 + i] = eye.Lower(EyeOutline.LandmarkAt(2 - i));
        }

        return points;
    }
}
