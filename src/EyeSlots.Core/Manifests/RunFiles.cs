using System.Globalization;
using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Manifests;

/// <summary>What a file below <see cref="RunFiles.Folder"/> is.</summary>
internal enum RunFileKind
{
    /// <summary>Nothing of ours.</summary>
    Foreign,

    /// <summary>The plan of a run: <c>RUN.json</c>.</summary>
    Plan,

    /// <summary>What a run's engine wrote for executors: <c>RUN.NUMBER.slices</c>. Needed as long as the plan is.</summary>
    Slices,

    /// <summary>A collection of garbage at work: <c>NAME.gc</c>.</summary>
    Mark,
}

/// <summary>What runs and collections of garbage lay below <c>plans/</c> while they last.</summary>
internal static class RunFiles
{
    /// <summary>The folder of all of it.</summary>
    public const string Folder = "plans/";

    /// <summary>Older plans belong to runs that died; a run that lasts lays its plan again before.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private const string PlanEnd = ".json", SlicesEnd = ".slices", MarkEnd = ".gc";

    /// <summary>The key of a run's plan.</summary>
    public static string Plan(RunName run) => $"{Folder}{run}{PlanEnd}";

    /// <summary>The key of a part of a run's slices.</summary>
    public static string Slices(RunName run, int number) => string.Create(CultureInfo.InvariantCulture, $"{Folder}{run}.{number}{SlicesEnd}");

    /// <summary>The key of a collection's mark.</summary>
    public static string Mark(RunName collection) => $"{Folder}{collection}{MarkEnd}";

    /// <summary>What a key names, and of which run. Whatever has another name, or lies deeper, is nothing of ours.</summary>
    public static RunFileKind KindOf(string key, out RunName run)
    {
        run = default;
        if (!key.StartsWith(Folder, StringComparison.Ordinal)) return RunFileKind.Foreign;
        var name = key.AsSpan(Folder.Length);
        if (IsOf(name, PlanEnd, out run)) return RunFileKind.Plan;
        if (IsOf(name, MarkEnd, out run)) return RunFileKind.Mark;
        if (!name.EndsWith(SlicesEnd)) return RunFileKind.Foreign;
        name = name[..^SlicesEnd.Length];
        var dot = name.LastIndexOf('.');
        return dot > 0 && int.TryParse(name[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out _) && RunName.TryParse(name[..dot], out run)
            ? RunFileKind.Slices
            : RunFileKind.Foreign;
    }

    private static bool IsOf(ReadOnlySpan<char> name, string end, out RunName run)
    {
        run = default;
        return name.EndsWith(end) && RunName.TryParse(name[..^end.Length], out run);
    }
}
