using System.IO.Enumeration;

namespace EyeSlots.Core.Storage.Local;

/// <summary>Walks folders below the root; a folder that vanishes meanwhile is an empty one.</summary>
internal static class LocalListing
{
    internal static IEnumerable<string> Keys(string root, RealRoot realRoot, string prefix)
    {
        var start = prefix[..(prefix.LastIndexOf('/') + 1)];
        if (start.Length > 0 && !LocalPath.IsBelow(start.TrimEnd('/')) || !IsInside(root, realRoot, start))
            yield break;

        var folders = new Stack<string>([start]);
        while (folders.TryPop(out var folder))
        {
            foreach (var (name, isFolder) in Entries(Path.Join(root, folder)))
            {
                var key = folder + name;
                if (isFolder && (key.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(key + "/", StringComparison.Ordinal)))
                    folders.Push(key + "/");
                else if (!isFolder && key.StartsWith(prefix, StringComparison.Ordinal))
                    yield return key;
            }
        }
    }

    private static bool IsInside(string root, RealRoot realRoot, string folder)
    {
        var file = LocalPath.Open(root, folder, Posix.ReadOnly | Posix.Directory);
        if (file < 0)
            return Errno.IsMissing(Posix.Error) ? false : throw Errno.Explain("list", Path.Join(root, folder), Posix.Error);
        var inside = realRoot.Contains(file);
        Posix.Close(file);
        return inside;
    }

    private static List<(string Name, bool IsFolder)> Entries(string path)
    {
        var options = new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false };
        try
        {
            return
            [
                .. new FileSystemEnumerable<(string, bool)>(path, Describe, options)
                {
                    ShouldIncludePredicate = static (ref FileSystemEntry entry) => true,
                },
            ];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (UnauthorizedAccessException)
        {
            throw Errno.Explain("list", path, Errno.Access);
        }
    }

    // A link to a folder counts as no folder, and is then left out as no regular file.
    private static (string Name, bool IsFolder) Describe(ref FileSystemEntry entry) =>
        (entry.FileName.ToString(), entry.IsDirectory && (entry.Attributes & FileAttributes.ReparsePoint) == 0);
}
