using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;

namespace EyeSlots.Core.Manifests;

/// <summary>Names a run, or a collection of garbage, in <c>plans/</c> and in logs: when it began, and 64 random bits. Never part of a shard.</summary>
public readonly record struct RunName
{
    private const string Began = "yyyyMMdd'T'HHmmss'Z'";
    private const int BeganLength = 16;
    private const int RandomBytes = 8;
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");
    private readonly string? text;

    private RunName(string text) => this.text = text;

    /// <summary>A name that no other run has.</summary>
    public static RunName New(TimeProvider time) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow().ToString(Began, CultureInfo.InvariantCulture)}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes))}"));

    /// <summary>Reads a name; what others lay down may be called anything, but not this.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out RunName name)
    {
        var isName = text.Length == BeganLength + 1 + (2 * RandomBytes) && text[BeganLength] == '-' &&
            DateTime.TryParseExact(text[..BeganLength], Began, CultureInfo.InvariantCulture, DateTimeStyles.None, out _) &&
            !text[(BeganLength + 1)..].ContainsAnyExcept(Hexadecimal);
        name = isName ? new(text.ToString()) : default;
        return isName;
    }

    /// <summary>The name's text.</summary>
    public override string ToString() => text ?? "";
}
