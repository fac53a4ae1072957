using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using EyeSlots.Core;
using EyeSlots.Core.Storage;

namespace EyeSlots.Training.Runs;

/// <summary>
/// Which photographs a model was trained on, as hashes of their paths: who gets a run learns nothing of a data set, and can still tell
/// whether an image of his own was among them. The file holds the first sixteen bytes of each SHA-256, in order.
/// </summary>
public sealed class TrainedPaths
{
    /// <summary>The file's name in a run.</summary>
    public const string FileName = "trained-paths.sha256";

    private const int Size = 16;
    private readonly HashSet<UInt128> hashes;

    private TrainedPaths(HashSet<UInt128> hashes) => this.hashes = hashes;

    /// <summary>How many photographs there are.</summary>
    public int Count => hashes.Count;

    /// <summary>The photographs of these paths, each once.</summary>
    public static TrainedPaths Of(IEnumerable<string> imagePaths) => new([.. imagePaths.Select(HashOf)]);

    /// <summary>Reads the file of a run.</summary>
    /// <param name="run">The run's folder.</param>
    /// <exception cref="EyeSlotsException">It is missing or cut: checkpoint-damaged.</exception>
    public static TrainedPaths Load(string run)
    {
        var path = Path.Combine(run, FileName);
        var bytes = File.Exists(path) ? File.ReadAllBytes(path) : [];
        if (bytes.Length == 0 || bytes.Length % Size != 0) throw new EyeSlotsException(ErrorCodes.CheckpointDamaged, $"{path} is missing or cut short; train the run again.");
        return new([.. Enumerable.Range(0, bytes.Length / Size).Select(at => Read(bytes.AsSpan(at * Size)))]);
    }

    /// <summary>Whether the model was trained on the photograph of this path.</summary>
    public bool Contains(string imagePath) => hashes.Contains(HashOf(imagePath));

    /// <summary>Writes the file.</summary>
    internal void Save(string path) => DurableFiles.Write(path, stream =>
    {
        Span<byte> bytes = stackalloc byte[Size];
        foreach (var hash in hashes.Order())
        {
            BinaryPrimitives.WriteUInt128BigEndian(bytes, hash);
            stream.Write(bytes);
        }
    });

    private static UInt128 HashOf(string path) => Read(SHA256.HashData(Encoding.UTF8.GetBytes(path)));

    private static UInt128 Read(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt128BigEndian(bytes);
}
