namespace EyeSlots.Training.Augmentation;

/// <summary>Hides a square (DeVries and Taylor 2017). Its centre lies on any pixel of the input, so it may be cut off at the borders.</summary>
/// <param name="share">Of the input's height; the side is rounded to whole pixels.</param>
internal sealed class Cutout(double share) : IAugmentation
{
    public ulong Stream => 7;

    public double Amount => share;

    public Alteration Alter(in Alteration before, RandomStream random)
    {
        var (width, height) = (before.Input.Width, before.Input.Height);
        var side = (int)Math.Round(share * height);
        var (x, y) = (random.Below(width) - (side / 2), random.Below(height) - (side / 2));
        return before with { Cutout = new(Math.Max(0, x), Math.Max(0, y), Math.Min(width, x + side), Math.Min(height, y + side)) };
    }
}
