namespace EyeSlots.Executor;

/// <summary>
/// Libraries that were unpacked in this session's folder or by earlier sessions, whose folders stand beside it until the executor ends. A
/// name holds the hash of its library. All sessions of an executor run as one user, so whoever could lay something there could as well
/// change this session's files.
/// </summary>
internal static class UnpackedBefore
{
    /// <summary>
    /// Links to one of the name. Should its folder go away, the link leads nowhere, and the next worker process looks again.
    /// </summary>
    /// <param name="library">Where the library shall be.</param>
    /// <param name="name">Its name with its hash.</param>
    /// <returns>Whether it is there now.</returns>
    public static bool TryLink(string library, string name)
    {
        try
        {
            if (Find(Path.GetDirectoryName(library)!, name) is not { } found) return false;
            var link = $"{library}.link.{Environment.ProcessId}";
            File.CreateSymbolicLink(link, found);
#pragma warning disable RS0030 // A link that leads nowhere may be in its place, or another process's to the same library.
            File.Move(link, library, overwrite: true);
#pragma warning restore RS0030
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Folders come and go with their sessions.
            return IsThere(library);
        }
    }

    /// <summary>Whether it can be loaded; a link that leads nowhere cannot.</summary>
    public static bool IsThere(string library) => File.Exists(library) && File.ResolveLinkTarget(library, returnFinalTarget: true) is not { Exists: false };

    private static string? Find(string folder, string name)
    {
        var own = Path.TrimEndingDirectorySeparator(folder);
        return Directory.EnumerateDirectories(Path.GetDirectoryName(own)!).Prepend(own).Select(other => Path.Combine(other, name)).FirstOrDefault(File.Exists);
    }
}
