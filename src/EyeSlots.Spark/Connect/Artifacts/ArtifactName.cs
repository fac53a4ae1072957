namespace EyeSlots.Spark.Connect.Artifacts;

/// <summary>An artifact's name decides what Spark does with it, by its first folder.</summary>
internal static class ArtifactName
{
    private static readonly string[] Folders = ["archives/", "files/", "jars/", "pyfiles/", "classes/", "cache/"];

    public static void Require(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!Folders.Any(folder => name.StartsWith(folder, StringComparison.Ordinal) && name.Length > folder.Length)
            || name.Contains("..", StringComparison.Ordinal))
            throw new ArgumentException($"An artifact cannot be named '{name}'; start with one of {string.Join(", ", Folders)} and name no parent folder.", nameof(name));
    }
}
