using System.Security.Cryptography;
using EyeSlots.Core;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Artifacts;

/// <summary>An artifact that lies on this machine, ready to be sent.</summary>
/// <param name="Artifact">What it is.</param>
/// <param name="Path">The file.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record LocalArtifact(Artifact Artifact, string Path, long Bytes)
{
    /// <summary>Takes a file as it is.</summary>
    public static LocalArtifact Of(string name, string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return new(new(name, Convert.ToHexStringLower(SHA256.HashData(file))), path, file.Length);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{path} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Packs files into an archive in the folder of what is packed.</summary>
    public static LocalArtifact Pack(string name, IEnumerable<PackedFile> files, string folder)
    {
        var path = System.IO.Path.Combine(folder, name);
        try
        {
            using (var archive = File.Create(path)) ReproducibleArchive.Write(files, archive);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{name} cannot be packed in {folder}: {error.Message}", error);
        }

        return Of(name, path);
    }

    /// <summary>As a line shows it.</summary>
    public override string ToString() => $"{Artifact.File} ({Quantity.Bytes(Bytes)})";
}
