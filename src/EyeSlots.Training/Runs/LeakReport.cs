namespace EyeSlots.Training.Runs;

/// <summary><c>leaks.json</c>: what training and validation share, where it was allowed, or was found on the way.</summary>
/// <param name="SharedPaths">Image paths that both have.</param>
/// <param name="FirstPaths">The first ten of them.</param>
/// <param name="EqualCrops">Crops of validation that are byte for byte one of training; null until the first epoch has ended.</param>
/// <param name="FirstCrops">The first ten of them, as <c>list: path #face</c>.</param>
public sealed record LeakReport(int SharedPaths, IReadOnlyList<string> FirstPaths, int? EqualCrops, IReadOnlyList<string> FirstCrops);
