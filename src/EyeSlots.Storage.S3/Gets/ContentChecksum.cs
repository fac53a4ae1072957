using System.Buffers.Binary;
using System.IO.Hashing;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace EyeSlots.Storage.S3.Gets;

/// <summary>The checksum that AWS keeps of a whole object and sends along when asked to.</summary>
internal sealed class ContentChecksum
{
    /// <summary>The header that asks for it, and its value.</summary>
    public const string ModeHeader = "x-amz-checksum-mode", ModeValue = "ENABLED";

    private const int LongestSum = 32;

    private static readonly (string Header, int Bytes, Sum Of)[] Kinds =
    [
        ("x-amz-checksum-crc64nvme", 8, static (content, sum) => BinaryPrimitives.WriteUInt64BigEndian(sum, Crc64.HashToUInt64(Crc64ParameterSet.Nvme, content))),
        ("x-amz-checksum-crc32c", 4, static (content, sum) => BinaryPrimitives.WriteUInt32BigEndian(sum, Crc32.HashToUInt32(Crc32ParameterSet.Crc32C, content))),
        ("x-amz-checksum-crc32", 4, static (content, sum) => BinaryPrimitives.WriteUInt32BigEndian(sum, Crc32.HashToUInt32(content))),
        ("x-amz-checksum-sha1", 20, static (content, sum) => SHA1.HashData(content, sum)),
        ("x-amz-checksum-sha256", 32, static (content, sum) => SHA256.HashData(content, sum)),
    ];

    private readonly byte[] expected;
    private readonly Sum compute;

    private ContentChecksum(byte[] expected, Sum compute) => (this.expected, this.compute) = (expected, compute);

    private delegate void Sum(ReadOnlySpan<byte> content, Span<byte> sum);

    /// <summary>The checksum in an answer's headers, the cheapest where there are several; null where there is none of the whole content: one of an upload's parts is no such thing.</summary>
    public static ContentChecksum? Of(HttpResponseHeaders headers)
    {
        foreach (var (header, bytes, of) in Kinds)
        {
            if (!headers.NonValidated.TryGetValues(header, out var values)) continue;
            var sum = new byte[bytes];
            if (Convert.TryFromBase64String(values.ToString(), sum, out var count) && count == bytes) return new(sum, of);
        }

        return null;
    }

    /// <summary>Whether it is that of this content.</summary>
    public bool IsOf(ReadOnlySpan<byte> content)
    {
        Span<byte> sum = stackalloc byte[LongestSum];
        sum = sum[..expected.Length];
        compute(content, sum);
        return sum.SequenceEqual(expected);
    }
}
