using System.Text;
using EyeSlots.Core.Storage;

namespace EyeSlots.Tests.Tools;

/// <summary>A folder of its own for one test, removed with all it holds.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("eyeslots-test-").FullName;

    public LocalObjectStore Store => new(StorageAddress.Parse(Path));

    public string At(string key) => System.IO.Path.Combine(Path, key);

    public void Write(string key, string text) => Write(key, Encoding.UTF8.GetBytes(text));

    public void Write(string key, byte[] bytes)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(At(key))!);
        File.WriteAllBytes(At(key), bytes);
    }

    /// <summary>Every file below the folder by its key.</summary>
    public SortedDictionary<string, byte[]> Files(string below = "")
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        if (!Directory.Exists(At(below))) return files;
        foreach (var file in Directory.EnumerateFiles(At(below), "*", SearchOption.AllDirectories))
        {
            files[System.IO.Path.GetRelativePath(Path, file)] = File.ReadAllBytes(file);
        }

        return files;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
