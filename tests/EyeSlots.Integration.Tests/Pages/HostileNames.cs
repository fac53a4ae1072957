using System.Text;

namespace EyeSlots.Integration.Tests.Pages;

/// <summary>Gives the photographs of a drawn data set names that are markup, in its lists and on disk.</summary>
internal static class HostileNames
{
    private const string Markup = "<img src=x onerror=alert(1)>\"'&lt;<!--\u202e";

    /// <summary>Renames every photograph that one of the lists names, the same in all.</summary>
    public static void Give(string folder, params string[] lists)
    {
        HashSet<string> renamed = [];
        foreach (var list in lists)
        {
            var lines = File.ReadAllLines(Path.Combine(folder, list));
            var text = new StringBuilder(lines[0]).Append('\n');
            foreach (var line in lines.Skip(1))
            {
                var (path, rest) = line.Split(',', 2) is [var first, var others] ? (first, others) : throw new InvalidDataException(line);
                if (renamed.Add(path)) Rename(folder, path);
                text.Append($"\"{NameOf(path).Replace("\"", "\"\"", StringComparison.Ordinal)}\",{rest}\n");
            }

            File.WriteAllText(Path.Combine(folder, list), text.ToString());
        }
    }

    // Photographs may lie some folders deeper than lists say.
    private static void Rename(string folder, string path)
    {
        var file = Directory.EnumerateFiles(folder, Path.GetFileName(path), SearchOption.AllDirectories).First(file => file.EndsWith($"/{path}", StringComparison.Ordinal));
        File.Move(file, NameOf(file));
    }

    /// <summary>The name that a photograph gets.</summary>
    private static string NameOf(string path) => Path.Combine(Path.GetDirectoryName(path)!, Markup + Path.GetFileName(path));
}
