using EyeSlots.Spark.Worker.Protocol;

namespace EyeSlots.Spark.Tests.Worker;

/// <summary>Recorded connections of real Spark: what it sent, and a reply that it took.</summary>
internal sealed record Vector(string Version, string Case, int Partition)
{
    internal static IReadOnlyList<Vector> All { get; } = Find();

    internal ProtocolLevel Level => new(int.Parse(string.Concat(Version.Split('.')[..2])));

    internal byte[] FromSpark => File.ReadAllBytes(Path + ".from-spark");

    internal byte[] ToSpark => File.ReadAllBytes(Path + ".to-spark");

    private string Path => System.IO.Path.Combine(Folder, Version, $"{Case}-{Partition}");

    private static string Folder => System.IO.Path.Combine(Shared(), "spark", "vectors");

    internal static Vector Of(string version, string name)
    {
        var dash = name.LastIndexOf('-');
        return new(version, name[..dash], int.Parse(name[(dash + 1)..]));
    }

    private static List<Vector> Find() =>
        [.. Directory.GetFiles(Folder, "*.from-spark", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => Of(Directory.GetParent(file)!.Name, System.IO.Path.GetFileNameWithoutExtension(file)))];

    private static string Shared()
    {
        if (Environment.GetEnvironmentVariable("EYESLOTS_SHARED") is { Length: > 0 } set) return set;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var shared = System.IO.Path.Combine(folder.FullName, "shared");
            if (Directory.Exists(System.IO.Path.Combine(shared, "spark", "vectors"))) return shared;
        }

        throw new DirectoryNotFoundException("There is no folder shared/spark/vectors above the tests; set EYESLOTS_SHARED.");
    }
}
