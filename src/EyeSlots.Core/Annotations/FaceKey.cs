using System.Text;

namespace EyeSlots.Core.Annotations;

/// <summary>Names one face of a list. Ordered by the UTF-8 bytes of <see cref="ToString"/>.</summary>
/// <param name="List">The list's name, <c>[a-z0-9][a-z0-9._-]{0,63}</c>.</param>
/// <param name="ImagePath">The path in the list with <c>/</c> between parts; the raw path where it was refused.</param>
/// <param name="FaceIndex">0-based, among the rows of that path in that list.</param>
public readonly record struct FaceKey(string List, string ImagePath, int FaceIndex)
{
    /// <summary>The three parts joined by NUL.</summary>
    public override string ToString() => $"{List}\0{ImagePath}\0{FaceIndex}";

    /// <summary>The key as messages show it: <c>training: 3/a.jpg #0</c>.</summary>
    public string Display => $"{List}: {ImagePath} #{FaceIndex}";

    /// <summary>The UTF-8 bytes of <see cref="ToString"/>, by which keys are compared and hashed.</summary>
    public byte[] ToUtf8() => Encoding.UTF8.GetBytes(ToString());
}
