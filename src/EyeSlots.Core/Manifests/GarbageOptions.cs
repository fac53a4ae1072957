namespace EyeSlots.Core.Manifests;

/// <summary>What gc takes for needed, and whether it removes the rest.</summary>
public sealed record GarbageOptions
{
    /// <summary>Generations to keep of every dataset, at least 1.</summary>
    public int Keep { get; init; } = 5;

    /// <summary>Younger files stay; up to ten years.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Removes the files instead of listing them alone.</summary>
    public bool Delete { get; init; }

    /// <summary>Checks every value; returns this.</summary>
    /// <exception cref="EyeSlotsException">usage: says which option, what it may be and what it is.</exception>
    public GarbageOptions Validated()
    {
        Require.Between("--keep", Keep, 1, int.MaxValue);
        Require.That(Grace >= TimeSpan.Zero && Grace <= TimeSpan.FromDays(3650), FormattableString.Invariant($"--grace must lie between 0s and 3650d, not {Grace.TotalSeconds:0}s."));
        return this;
    }
}
