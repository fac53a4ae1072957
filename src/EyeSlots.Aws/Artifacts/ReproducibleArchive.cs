using System.Formats.Tar;
using System.IO.Compression;

namespace EyeSlots.Aws.Artifacts;

/// <summary>A file of an archive.</summary>
/// <param name="Name">Its path in the archive.</param>
/// <param name="Path">Where it lies; links are read through.</param>
internal readonly record struct PackedFile(string Name, string Path)
{
    /// <summary>All files below a folder, as they look from inside: what a link leads to is there in its place.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="prefix">What stands before each name: empty, or with a slash at its end.</param>
    public static IEnumerable<PackedFile> Below(string folder, string prefix = "")
    {
        foreach (var path in Directory.EnumerateFiles(folder)) yield return new(prefix + System.IO.Path.GetFileName(path), path);
        foreach (var path in Directory.EnumerateDirectories(folder))
        {
            foreach (var file in Below(path, $"{prefix}{System.IO.Path.GetFileName(path)}/")) yield return file;
        }
    }
}

/// <summary>
/// Archives whose bytes follow from what they hold: sorted, without times, owners and links. The same files are therefore the same artifact,
/// and are not sent again.
/// </summary>
internal static class ReproducibleArchive
{
    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Plain | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Writes a tar, compressed by gzip.</summary>
    public static void Write(IEnumerable<PackedFile> files, Stream to)
    {
        using var gzip = new GZipStream(to, CompressionLevel.Optimal, leaveOpen: true);
        WriteTar(files, gzip);
    }

    /// <summary>Writes a tar.</summary>
    public static void WriteTar(IEnumerable<PackedFile> files, Stream to)
    {
        using var tar = new TarWriter(to, TarEntryFormat.Ustar, leaveOpen: true);
        foreach (var file in files.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            using var content = File.OpenRead(file.Path);
            var isExecutable = !OperatingSystem.IsWindows() && File.GetUnixFileMode(content.SafeFileHandle).HasFlag(UnixFileMode.UserExecute);
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, file.Name)
            {
                DataStream = content, ModificationTime = DateTimeOffset.UnixEpoch, Mode = isExecutable ? Executable : Plain,
            });
        }
    }
}
