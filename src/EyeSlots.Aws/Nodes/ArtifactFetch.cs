using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using EyeSlots.Aws.Artifacts;
using EyeSlots.Core;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Nodes;

/// <summary>Fetches archives by their content and unpacks them: nothing is unpacked that has another hash, and nothing is fetched from elsewhere.</summary>
/// <param name="bucket">The artifact bucket.</param>
internal sealed class ArtifactFetch(IObjectStore bucket)
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Fetches an archive and leaves what is in it as a folder.</summary>
    /// <param name="artifact">The archive, compressed by gzip or not at all.</param>
    /// <param name="folder">The folder; one that is there was unpacked whole before.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="EyeSlotsException">artifact-missing, cluster-boot (another hash, no archive), disk-full, or whatever S3 says.</exception>
    public async Task UnpackAsync(Artifact artifact, string folder, CancellationToken cancellation)
    {
        if (Directory.Exists(folder)) return;
        var archive = folder + ".archive";
        try
        {
            if (await bucket.StatAsync(artifact.Key, cancellation).ConfigureAwait(false) is null)
                throw new EyeSlotsException(ErrorCodes.ArtifactMissing, $"{bucket.Address}/{artifact.Key} is not there; run 'eyeslots cluster prepare'.");
            await FetchAsync(artifact, archive, cancellation).ConfigureAwait(false);
            await UnpackAsync(artifact, archive, folder, cancellation).ConfigureAwait(false);
        }
        catch (IOException error)
        {
            throw IsFull(folder, error)
                ? new(ErrorCodes.DiskFull, $"the disk is full: {artifact.File} does not fit unpacked into {folder}; take a larger disk", error)
                : DurableFiles.Fault(folder, error);
        }
        finally
        {
            File.Delete(archive);
        }
    }

    // .NET reserves a file's whole length before it writes it, and gives the error of that no number.
    private static bool IsFull(string folder, IOException error) =>
        DurableFiles.Fault(folder, error).Code == ErrorCodes.DiskFull || error.Message.Contains("disk was full", StringComparison.Ordinal);

    private async Task FetchAsync(Artifact artifact, string archive, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var from = await bucket.OpenAsync(artifact.Key, cancellation).ConfigureAwait(false);
        await using var to = new FileStream(archive, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var buffer = new byte[BufferBytes];
        while (await from.ReadAsync(buffer, cancellation).ConfigureAwait(false) is > 0 and var count)
        {
            hash.AppendData(buffer.AsSpan(0, count));
            await to.WriteAsync(buffer.AsMemory(0, count), cancellation).ConfigureAwait(false);
        }

        var found = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (found != artifact.Sha256) throw new EyeSlotsException(ErrorCodes.ClusterBoot, $"{bucket.Address}/{artifact.Key} has another SHA-256: {found}; somebody changed it, so it is not used");
    }

    // A kill leaves a folder of another name, which the next start begins anew.
    private static async Task UnpackAsync(Artifact artifact, string archive, string folder, CancellationToken cancellation)
    {
        var aside = folder + ".unpacking";
        if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
        Directory.CreateDirectory(aside);
        try
        {
            await using var file = File.OpenRead(archive);
            await using var content = IsCompressed(file) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
            await TarFile.ExtractToDirectoryAsync(content, aside, overwriteFiles: false, cancellation).ConfigureAwait(false);
        }
        catch (InvalidDataException error)
        {
            throw new EyeSlotsException(ErrorCodes.ClusterBoot, $"{artifact.Key} is no archive that can be unpacked: {error.Message}", error);
        }

        Directory.Move(aside, folder);
    }

    private static bool IsCompressed(FileStream file)
    {
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return isGzip;
    }
}
