using System.Globalization;

namespace EyeSlots.Benchmarks;

/// <summary>The faces of a folder several times over, so that a run lasts. The images stay where they are.</summary>
internal static class RepeatedFaces
{
    private const string List = "training.csv";
    private const string Images = "Manually_Annotated_Images";

    /// <summary>The same list under so many names: other names, other shards.</summary>
    public static string[] Lists(string data, int times) => Named(Path.Combine(data, List), times);

    /// <summary>The first faces alone, two lists of them: one task for each of two cores.</summary>
    public static string[] Few(string data, Scratch scratch)
    {
        const int rows = 32;
        var list = Path.Combine(scratch.Folder, "few.csv");
        File.WriteAllLines(list, File.ReadLines(Path.Combine(data, List)).Take(1 + rows));
        return Named(list, 2);
    }

    /// <summary>For programs that read a single list: a folder whose list repeats the rows, beside a link to the images.</summary>
    public static Scratch Folder(string data, int times)
    {
        var scratch = new Scratch();
        var lines = File.ReadAllLines(Path.Combine(data, List));
        File.WriteAllLines(Path.Combine(scratch.Folder, List), Enumerable.Range(0, times).SelectMany(_ => lines.Skip(1)).Prepend(lines[0]));
        Directory.CreateSymbolicLink(Path.Combine(scratch.Folder, Images), Path.Combine(Path.GetFullPath(data), Images));
        return scratch;
    }

    private static string[] Named(string path, int times) =>
        [.. Enumerable.Range(0, times).Select(number => string.Create(CultureInfo.InvariantCulture, $"list{number}={path}"))];
}
