namespace EyeSlots.Training.Augmentation;

/// <summary>The part of an input that is set to 0 after normalisation, in pixels, ends excluded.</summary>
/// <param name="X0">First column.</param>
/// <param name="Y0">First row.</param>
/// <param name="X1">The column behind the last.</param>
/// <param name="Y1">The row behind the last.</param>
public readonly record struct CutoutBox(int X0, int Y0, int X1, int Y1)
{
    /// <summary>Nothing is cut out.</summary>
    public bool IsEmpty => X0 >= X1 || Y0 >= Y1;
}
