using System.Globalization;
using System.Security.Cryptography;
using EyeSlots.Core;

namespace EyeSlots.Training.Runs;

/// <summary>
/// The checkpoints of a run, each named by its position and by the beginning of its own SHA-256: whether one is whole is seen before a byte
/// of it is used.
/// </summary>
/// <param name="path">The folder.</param>
internal sealed class CheckpointFolder(string path)
{
    /// <summary>How one is called while it is written: what a kill leaves of it, the next one overwrites.</summary>
    public const string Unfinished = "checkpoint";

    private const string Extension = ".safetensors";
    private const int HashDigits = 16, Kept = 2;

    /// <summary>The folder.</summary>
    public string Path => path;

    /// <summary>The checkpoints there, the newest first. Whatever has no such name is none.</summary>
    public IReadOnlyList<(Position Position, string File)> Find() =>
        [.. Directory.EnumerateFiles(path, "*" + Extension).Select(file => (IsNamed: TryParse(file, out var at, out _), Position: at, File: file))
            .Where(found => found.IsNamed).Select(found => (found.Position, found.File))
            .OrderByDescending(found => found.Position).ThenBy(found => found.File, StringComparer.Ordinal)];

    /// <summary>The name of a checkpoint of these bytes, read from the stream's beginning.</summary>
    public static string NameOf(Position position, Stream content)
    {
        content.Position = 0;
        return string.Create(CultureInfo.InvariantCulture, $"{position}-{Hash(content)}{Extension}");
    }

    /// <summary>Demands that a checkpoint holds the bytes that it was written with.</summary>
    /// <exception cref="EyeSlotsException">checkpoint-damaged.</exception>
    public static void RequireWhole(string file)
    {
        using var content = File.OpenRead(file);
        if (TryParse(file, out _, out var hash) && Hash(content) == hash) return;
        throw new EyeSlotsException(ErrorCodes.CheckpointDamaged, $"{file} is cut short or altered: its bytes are not those that were written.");
    }

    /// <summary>Removes all but the newest two.</summary>
    public void RemoveOld()
    {
        foreach (var (_, file) in Find().Skip(Kept)) File.Delete(file);
    }

    /// <summary>Removes those beyond a position: damaged ones, which would else count as the newest.</summary>
    public void RemoveAfter(Position position)
    {
        foreach (var (_, file) in Find().Where(found => found.Position.CompareTo(position) > 0)) File.Delete(file);
    }

    private static bool TryParse(string file, out Position position, out string hash)
    {
        (position, hash) = (default, "");
        var name = System.IO.Path.GetFileNameWithoutExtension(file);
        var at = name.LastIndexOf('-');
        if (at < 0 || name.Length - at - 1 != HashDigits) return false;
        hash = name[(at + 1)..];
        return Position.TryParse(name[..at], out position);
    }

    private static string Hash(Stream content) => Convert.ToHexStringLower(SHA256.HashData(content))[..HashDigits];
}
