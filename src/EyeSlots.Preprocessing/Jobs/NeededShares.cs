namespace EyeSlots.Preprocessing.Jobs;

/// <summary>
/// Which shares of their images' bytes faces needed, and the share that is best asked for first. Older faces count less and less. Safe to call
/// from several threads.
/// </summary>
internal sealed class NeededShares
{
    /// <summary>
    /// What a face costs besides its bytes when its start was too short, in shares of its image: another request, and what was decoded in vain.
    /// </summary>
    private const double MissCost = 0.4;

    private const int Steps = 64, Enough = 16, MostFaces = 512;

    private readonly Lock gate = new();
    private readonly float[] faces = new float[Steps];
    private float all;
    private volatile float best;

    /// <summary>The share to ask for first, 1 for all; 0 while too few faces were seen.</summary>
    public double Best => best;

    /// <summary>A face needed this share of its image, above 0 to 1.</summary>
    public void Add(double share)
    {
        lock (gate)
        {
            faces[Math.Clamp((int)Math.Ceiling(share * Steps) - 1, 0, Steps - 1)]++;
            if (++all > MostFaces) Halve();
            if (all >= Enough) best = Cheapest();
        }
    }

    private void Halve()
    {
        for (var step = 0; step < Steps; step++) faces[step] /= 2;
        all /= 2;
    }

    /// <summary>Who needs no more than the share pays for it; all others pay for all, and that they were missed.</summary>
    private float Cheapest()
    {
        var (share, least, enough) = (1.0, (double)all, 0.0);
        for (var step = 0; step < Steps - 1; step++)
        {
            enough += faces[step];
            var asked = (step + 1.0) / Steps;
            var cost = (enough * asked) + ((all - enough) * (1 + MissCost));
            if (cost < least) (share, least) = (asked, cost);
        }

        return (float)share;
    }
}
