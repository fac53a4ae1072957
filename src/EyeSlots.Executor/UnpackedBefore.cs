namespace EyeSlots.Executor;

/// <summary>
/// Libraries that earlier sessions have unpacked: their folders stand beside this session's until the executor ends. All sessions of an
/// executor run as one user, so whoever could lay something there could as well change this session's files.
/// </summary>
internal static class UnpackedBefore
{
    private const int BufferBytes = 1 << 20;

    /// <summary>
    /// Links to one that was unpacked from the same parts. Should its folder go away, the link leads nowhere, and the next worker process
    /// unpacks for itself.
    /// </summary>
    /// <param name="library">Where the library shall be.</param>
    /// <param name="parts">What it is packed in, beside it.</param>
    /// <returns>Whether it is there now.</returns>
    public static bool TryLink(string library, string[] parts)
    {
        try
        {
            if (Find(library, parts) is not { } found) return false;
            File.CreateSymbolicLink(library, found);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Folders come and go with their sessions, and another process of this session may have been faster.
            return IsThere(library);
        }
    }

    /// <summary>Whether it can be loaded; a link that leads nowhere cannot.</summary>
    public static bool IsThere(string library) => File.Exists(library) && File.ResolveLinkTarget(library, returnFinalTarget: true) is not { Exists: false };

    private static string? Find(string library, string[] parts)
    {
        var own = Path.TrimEndingDirectorySeparator(Path.GetDirectoryName(library)!);
        return Directory.EnumerateDirectories(Path.GetDirectoryName(own)!).Where(folder => folder != own)
            .Select(folder => Path.Combine(folder, Path.GetFileName(library)))
            .FirstOrDefault(other => IsUnpacked(other) && parts.All(part => AreSame(part, Beside(other, part))));
    }

    /// <summary>The file itself, which appears whole, and no link to another's.</summary>
    private static bool IsUnpacked(string library) => new FileInfo(library) is { Exists: true, LinkTarget: null };

    private static string Beside(string library, string part) => Path.Combine(Path.GetDirectoryName(library)!, Path.GetFileName(part));

    private static bool AreSame(string one, string other)
    {
        if (!File.Exists(other)) return false;
        using var first = File.OpenHandle(one);
        using var second = File.OpenHandle(other);
        var length = RandomAccess.GetLength(first);
        if (length != RandomAccess.GetLength(second)) return false;
        byte[] left = new byte[BufferBytes], right = new byte[BufferBytes];
        for (long at = 0; at < length; at += BufferBytes)
        {
            var count = RandomAccess.Read(first, left, at);
            if (count != RandomAccess.Read(second, right, at) || !left.AsSpan(0, count).SequenceEqual(right.AsSpan(0, count))) return false;
        }

        return true;
    }
}
