using System.Text;

namespace EyeSlots.Integration.Tests;

/// <summary>What any user of a machine can read of all programs that run on it.</summary>
internal static class CommandLines
{
    /// <summary>The lines of all processes, those in containers too, words apart by spaces.</summary>
    public static IEnumerable<string> Now()
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            string line;
            try
            {
                line = Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(process, "cmdline"))).Replace('\0', ' ');
            }
            catch (IOException)
            {
                continue; // It has ended meanwhile.
            }

            if (line.Length > 0) yield return line;
        }
    }

    /// <summary>All that are seen until something is done.</summary>
    public static async Task<IReadOnlyCollection<string>> SeenUntilAsync(Task done, CancellationToken cancellation)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (!done.IsCompleted)
        {
            seen.UnionWith(Now());
            await Task.Delay(20, cancellation);
        }

        return seen;
    }
}
