using System.IO.Enumeration;

namespace EyeSlots.Core.Storage.Local;

/// <summary>
/// Walks folders below the root; a folder that vanishes meanwhile is an empty one. Links to folders are entered only where the user
/// lets links be followed, and never into a folder that the walk is already in.
/// </summary>
internal sealed class LocalListing(string root, LocalLinks links)
{
    /// <summary>The keys of all files, and of links to files, that start with the prefix.</summary>
    internal IEnumerable<string> Keys(string prefix) =>
        Walk(prefix).Where(entry => !entry.IsFolder && entry.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(entry => entry.Key);

    /// <summary>The first link below a folder, the folder itself among them, that leads out of the root.</summary>
    internal string? FirstLinkOut(string folder)
    {
        if (links.Follow)
            return null;
        for (var slash = folder.IndexOf('/'); slash >= 0; slash = folder.IndexOf('/', slash + 1))
        {
            if (links.LeavesRoot(folder[..slash]))
                return folder[..slash];
        }

        return Walk(folder).Where(entry => entry.IsLink && links.LeavesRoot(entry.Key)).Select(entry => entry.Key).FirstOrDefault();
    }

    private IEnumerable<Entry> Walk(string prefix)
    {
        var start = prefix[..(prefix.LastIndexOf('/') + 1)];
        if ((start.Length > 0 && !LocalPath.IsBelow(start.TrimEnd('/'))) || links.RealFolder(start) is not { } real)
            yield break;

        var folders = new Stack<Visit>([new(start, real, null)]);
        while (folders.TryPop(out var folder))
        {
            foreach (var entry in Entries(folder.Key))
            {
                yield return entry;
                var key = entry.Key + "/";
                if ((entry.IsFolder || (entry.IsLink && links.Follow)) && (key.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(key, StringComparison.Ordinal))
                    && Enter(folder, key) is { } visit)
                {
                    folders.Push(visit);
                }
            }
        }
    }

    // Only links lead back into a folder that the walk is in.
    private Visit? Enter(Visit from, string key)
    {
        if (!links.Follow)
            return new(key, "", from);
        if (links.RealFolder(key) is not { } real)
            return null;
        for (var above = from; above is not null; above = above.From)
        {
            if (above.Real == real)
                return null;
        }

        return new(key, real, from);
    }

    private List<Entry> Entries(string folder)
    {
        var options = new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false };
        try
        {
            return
            [
                .. new FileSystemEnumerable<Entry>(Path.Join(root, folder), (ref FileSystemEntry entry) => Describe(folder, ref entry), options)
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
            throw Errno.Explain("list", Path.Join(root, folder), Errno.Access);
        }
    }

    // A link to a folder counts as no folder, and is then left out as no regular file.
    private static Entry Describe(string folder, ref FileSystemEntry entry)
    {
        var isLink = (entry.Attributes & FileAttributes.ReparsePoint) != 0;
        return new(folder + entry.FileName.ToString(), entry.IsDirectory && !isLink, isLink);
    }

    private readonly record struct Entry(string Key, bool IsFolder, bool IsLink);

    /// <summary>A folder that the walk is in, with those above it.</summary>
    private sealed record Visit(string Key, string Real, Visit? From);
}
