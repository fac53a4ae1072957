using System.Formats.Tar;
using System.IO.Compression;
using EyeSlots.Core;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Artifacts;

/// <summary>Spark as it is published, taken as it is.</summary>
internal static class SparkPackage
{
    /// <summary>Looks into the archive, so that a wrong file is found here and not by a machine that is paid for.</summary>
    /// <exception cref="EyeSlotsException">It is no archive of Spark: usage; or cannot be read.</exception>
    public static LocalArtifact Of(string path)
    {
        Require.That(HoldsSpark(path), $"--spark {path} holds no FOLDER/jars/spark-core_….jar; name a spark-…-bin-hadoop3.tgz as Apache publishes it.");
        return LocalArtifact.Of(Artifact.Spark, path);
    }

    private static bool HoldsSpark(string path)
    {
        try
        {
            using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            using var tar = new TarReader(gzip);
            while (tar.GetNextEntry() is { } entry)
            {
                if (IsCore(entry.Name)) return true;
            }

            return false;
        }
        catch (InvalidDataException)
        {
            return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"--spark {path} cannot be read: {error.Message}", error);
        }
    }

    private static bool IsCore(string name) =>
        name.Split('/', StringSplitOptions.RemoveEmptyEntries) is [.., _, "jars", var jar] && jar.StartsWith("spark-core_", StringComparison.Ordinal);
}
