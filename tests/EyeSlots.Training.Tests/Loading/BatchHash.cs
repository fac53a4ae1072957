using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EyeSlots.Training.Loading;

namespace EyeSlots.Training.Tests.Loading;

/// <summary>One hash for all that batches hold, in their order.</summary>
internal static class BatchHash
{
    /// <summary>Hash of each batch: face numbers, pixels, targets, weights, cutouts and where it stands.</summary>
    public static List<string> OfEach(IEnumerable<FaceBatch> batches)
    {
        List<string> hashes = [];
        foreach (var batch in batches)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(MemoryMarshal.AsBytes(batch.Faces.Span));
            hash.AppendData(batch.Pixels.Span);
            hash.AppendData(MemoryMarshal.AsBytes(batch.Targets.Span));
            hash.AppendData(MemoryMarshal.AsBytes(batch.Weights.Span));
            hash.AppendData(MemoryMarshal.AsBytes(batch.Cutouts.Span));
            hashes.Add(string.Create(CultureInfo.InvariantCulture, $"{batch.Epoch} {batch.Index} {batch.Count} {Convert.ToHexStringLower(hash.GetHashAndReset())}"));
        }

        return hashes;
    }
}
