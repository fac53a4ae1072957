namespace EyeSlots.Core.Annotations;

/// <summary>Paths of a list are not trusted: they become relative paths below the image root, or are refused.</summary>
public static class ImagePath
{
    /// <summary>Turns <c>\</c> into <c>/</c> and checks every part.</summary>
    /// <param name="raw">The list's text.</param>
    /// <param name="path">The path with <c>/</c> between parts.</param>
    /// <returns>False when the path is empty, rooted, has a drive letter, NUL, or a part that is empty, <c>.</c> or <c>..</c>.</returns>
    public static bool TryNormalize(string raw, out string path)
    {
        path = raw.Contains('\\') ? raw.Replace('\\', '/') : raw;
        if (path.Length == 0 || path.Contains('\0') || (path.Length >= 2 && path[1] == ':' && char.IsAsciiLetter(path[0]))) return false;
        for (var start = 0; start <= path.Length;)
        {
            var end = path.IndexOf('/', start);
            if (end < 0) end = path.Length;
            if (path.AsSpan(start, end - start) is "" or "." or "..") return false;
            start = end + 1;
        }

        return true;
    }
}
