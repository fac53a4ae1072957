using System.IO.Hashing;
using EyeSlots.Spark.Connect.Protocol;
using Google.Protobuf;

namespace EyeSlots.Spark.Connect.Artifacts;

/// <summary>Cuts an artifact into messages. The server refuses a chunked artifact of one chunk, so a small one is a batch.</summary>
internal static class ArtifactChunks
{
    /// <summary>Far below the server's limit of 128 MiB for a message, and large enough that the calls do not count.</summary>
    public const int Size = 1 << 18;

    public static IEnumerable<AddArtifactsRequest> Of(string name, ReadOnlyMemory<byte> content)
    {
        if (content.Length <= Size)
        {
            yield return new() { Batch = new() { Artifacts = { new AddArtifactsRequest.Types.SingleChunkArtifact { Name = name, Data = Chunk(content) } } } };
            yield break;
        }

        yield return new()
        {
            BeginChunk = new()
            {
                Name = name,
                TotalBytes = content.Length,
                NumChunks = (content.Length + (long)Size - 1) / Size,
                InitialChunk = Chunk(content[..Size]),
            },
        };
        for (long at = Size; at < content.Length; at += Size)
            yield return new() { Chunk = Chunk(content.Slice((int)at, (int)Math.Min(Size, content.Length - at))) };
    }

    private static AddArtifactsRequest.Types.ArtifactChunk Chunk(ReadOnlyMemory<byte> data) => new()
    {
        Data = UnsafeByteOperations.UnsafeWrap(data),
        Crc = Crc32.HashToUInt32(data.Span),
    };
}
