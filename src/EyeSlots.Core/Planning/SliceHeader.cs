using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EyeSlots.Core.Planning;

/// <summary>A slice of a plan without its faces.</summary>
/// <param name="Index">Position in the plan.</param>
/// <param name="List">The list's name.</param>
/// <param name="Fingerprint">64 lower-case hexadecimal digits.</param>
/// <param name="Faces">Number of faces.</param>
public sealed record SliceHeader(int Index, string List, string Fingerprint, int Faces)
{
    /// <summary>The names that the slice's shard may have in a run with a limit on memory, the one of every limit first.</summary>
    public IReadOnlyList<string> ShardNames(long memory) => [Fingerprint, NameUnder(Fingerprint, memory)];

    /// <summary>
    /// The name of a shard in which the limit on memory decided that a face is rejected. A fingerprint holds everything else that decides
    /// a shard's bytes; under a name of its own such a shard is kept by runs with the same limit, and made again by all others.
    /// </summary>
    /// <param name="fingerprint">The slice's.</param>
    /// <param name="memory">Bytes of <c>--memory</c>.</param>
    public static string NameUnder(string fingerprint, long memory) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{fingerprint} memory={memory}"))));
}
