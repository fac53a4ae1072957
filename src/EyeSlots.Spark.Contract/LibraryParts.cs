using System.Globalization;

namespace EyeSlots.Spark.Contract;

/// <summary>
/// A library that travels apart from the worker, packed in parts: <c>LIBRARY.HASH.0of4.br</c> and so on, as <c>build/pack-worker.sh</c> names
/// them. The hash is that of the library, so what an executor has under <c>LIBRARY.HASH</c> need not be sent to it again.
/// </summary>
public static class LibraryParts
{
    private const string Extension = ".br", Of = "of";

    /// <summary>The library, with its hash, of which a file is a part; null where it is none.</summary>
    public static string? LibraryOf(string file) =>
        file.EndsWith(Extension, StringComparison.Ordinal) && file[..^Extension.Length].LastIndexOf('.') is > 0 and var end ? file[..end] : null;

    /// <summary>The parts of a library in a folder, in their order; none while one of them is missing.</summary>
    public static IReadOnlyList<string> In(string folder, string library)
    {
        string[] found = [.. Directory.EnumerateFiles(folder, $"{library}.*{Extension}").Order(StringComparer.Ordinal)];
        return found.Length > 0 && found.Length == CountOf(found[0]) ? found : [];
    }

    private static int CountOf(string part)
    {
        var name = Path.GetFileNameWithoutExtension(part.AsSpan());
        var at = name.LastIndexOf(Of, StringComparison.Ordinal);
        return at >= 0 && int.TryParse(name[(at + Of.Length)..], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;
    }
}
