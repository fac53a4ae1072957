using System.Security.Cryptography;

namespace EyeSlots.Integration.Tests;

/// <summary>A folder that is gone at the end.</summary>
internal sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("eyeslots-test-").FullName;

    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>Every file below a folder with its hash: two folders hold the same when these are equal.</summary>
    public static SortedDictionary<string, string> Tree(string folder, params string[] parts)
    {
        SortedDictionary<string, string> tree = new(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            var below = Path.Combine(folder, part);
            if (!Directory.Exists(below)) continue;
            foreach (var file in Directory.EnumerateFiles(below, "*", SearchOption.AllDirectories))
            {
                tree[Path.GetRelativePath(folder, file)] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
            }
        }

        return tree;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
