using System.Security.Cryptography;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Nodes;

/// <summary>The folder that is mirrored, looked at while somebody writes it.</summary>
/// <param name="path">The folder.</param>
internal sealed class MirroredFolder(string path)
{
    private const int MostLooks = 3;
    private static readonly EnumerationOptions All = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
    private readonly Dictionary<(string Path, long Size, DateTime Written), string> hashes = [];

    /// <summary>What it holds at one moment; null while it changes too fast. The trainer replaces files and folders as a whole, so a moment of quiet is a whole state.</summary>
    public MirrorList? Look()
    {
        for (var looks = 0; looks < MostLooks; looks++)
        {
            try
            {
                var before = Entries();
                MirrorFile[] files = [.. before.Select(entry => new MirrorFile(entry.Path, entry.Size, HashOf(entry)))];
                if (before.SequenceEqual(Entries())) return new(files);
            }
            catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
            {
                // It was replaced under our eyes.
            }
        }

        return null;
    }

    /// <summary>A file's content, or null when it is not what was seen any more.</summary>
    public byte[]? Read(MirrorFile file)
    {
        try
        {
            var content = File.ReadAllBytes(Path.Combine(path, file.Path));
            return Convert.ToHexStringLower(SHA256.HashData(content)) == file.Sha256 ? content : null;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    // The lock belongs to a process, and what is written aside is not there yet.
    private List<(string Path, long Size, DateTime Written)> Entries() =>
        [.. new DirectoryInfo(path).EnumerateFiles("*", All).Select(file => (Path: Path.GetRelativePath(path, file.FullName), file.Length, file.LastWriteTimeUtc))
            .Where(entry => entry.Path is not "lock" && !IsAside(entry.Path) && MirrorList.IsName(entry.Path)).OrderBy(entry => entry.Path, StringComparer.Ordinal)];

    private static bool IsAside(string path) => path.Split('/').Any(part => part.EndsWith(DurableFiles.Aside, StringComparison.Ordinal));

    private string HashOf((string Path, long Size, DateTime Written) entry)
    {
        if (hashes.TryGetValue(entry, out var known)) return known;
        using var content = File.OpenRead(Path.Combine(path, entry.Path));
        return hashes[entry] = Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
