namespace EyeSlots.Training.Optimization;

/// <summary>How the learning rate goes on after the warm-up.</summary>
public enum ScheduleKind
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>It falls to 0 at the last step as half a cosine does.</summary>
    Cosine,
}
