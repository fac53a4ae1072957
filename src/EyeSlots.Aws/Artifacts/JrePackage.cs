using System.Formats.Tar;
using System.IO.Compression;
using EyeSlots.Core;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Artifacts;

/// <summary>
/// A Java runtime, from an archive or a folder. Distributions link between its files and, in Debian's, to others of the machine: packed here,
/// every link is the file that it leads to, so that machines need not follow any.
/// </summary>
internal static class JrePackage
{
    /// <summary>Packs it.</summary>
    /// <param name="path">A <c>.tar.gz</c>, or a folder that holds <c>bin/java</c>.</param>
    /// <param name="folder">Where the archive goes.</param>
    /// <exception cref="EyeSlotsException">It is no Java runtime: usage; or cannot be read.</exception>
    public static LocalArtifact Pack(string path, string folder)
    {
        var root = Directory.Exists(path) ? path : Unpack(path, Path.Combine(folder, "jre"));
        Require.That(File.Exists(Path.Combine(root, "bin", "java")), $"--jre {path} holds no bin/java; name a folder or a .tar.gz of a Java runtime for Linux, version 17 or later.");
        return LocalArtifact.Pack(Artifact.Jre, PackedFile.Below(root), folder);
    }

    // A file that steps or links out of the folder is refused by the reader itself.
    private static string Unpack(string path, string to)
    {
        try
        {
            Directory.CreateDirectory(to);
            using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            TarFile.ExtractToDirectory(gzip, to, overwriteFiles: false);
        }
        catch (InvalidDataException error)
        {
            throw new EyeSlotsException(ErrorCodes.Usage, $"--jre {path} is no .tar.gz; pack it anew, or name the folder.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"--jre {path} cannot be unpacked: {error.Message}", error);
        }

        return Directory.GetFileSystemEntries(to) is [var only] && Directory.Exists(only) ? only : to;
    }
}
