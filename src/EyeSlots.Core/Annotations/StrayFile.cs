namespace EyeSlots.Core.Annotations;

/// <summary>Files that systems leave among images: hidden ones (<c>._0.jpg</c>, <c>.DS_Store</c>), indexes of thumbnails, temporary ones.</summary>
internal static class StrayFile
{
    /// <summary>Whether a key below an image folder is no image of anybody's.</summary>
    public static bool IsOne(ReadOnlySpan<char> key)
    {
        foreach (var part in key.Split('/'))
        {
            if (key[part].StartsWith('.')) return true;
        }

        var name = key[(key.LastIndexOf('/') + 1)..];
        return name.EndsWith(".tmp", StringComparison.Ordinal) || name.Equals("Thumbs.db", StringComparison.OrdinalIgnoreCase)
            || name.Equals("desktop.ini", StringComparison.OrdinalIgnoreCase);
    }
}
