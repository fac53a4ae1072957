using EyeSlots.Core.Annotations;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>How the decode of a region ended.</summary>
/// <param name="Rejection">Why the image cannot be used, or null.</param>
/// <param name="BytesUsed">How many bytes of the file, from its first on, would have been enough; 0 where that is not known.</param>
/// <param name="RanOut">Only a start of the file was at hand, which decides nothing: there are no pixels.</param>
internal readonly record struct DecodeResult(Rejection? Rejection, long BytesUsed = 0, bool RanOut = false)
{
    /// <summary>A start that decides nothing.</summary>
    public static DecodeResult OutOfBytes => new(null, RanOut: true);
}
