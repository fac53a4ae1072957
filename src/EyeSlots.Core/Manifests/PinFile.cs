using System.Text.Json;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Manifests;

/// <summary>The file <c>pins/RUN.json</c> that keeps gc off one generation while somebody reads it for long.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Generation">Its generation.</param>
internal sealed record PinFile(string Dataset, int Generation)
{
    /// <summary>The folder of all pins.</summary>
    public const string Folder = "pins/";

    /// <summary>Older pins belong to runs that died; a run that lasts renews its own each day.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private const string Extension = ".json";
    private const long MostBytes = 1 << 16;

    /// <summary>The key of a run's pin.</summary>
    public static string Key(RunName run) => $"{Folder}{run}{Extension}";

    /// <summary>Whether a key is a pin's; whatever has another name, or lies deeper, is nothing of ours.</summary>
    public static bool IsKey(string key) =>
        key.StartsWith(Folder, StringComparison.Ordinal) && key.EndsWith(Extension, StringComparison.Ordinal) &&
        RunName.TryParse(key.AsSpan(Folder.Length, Math.Max(0, key.Length - Folder.Length - Extension.Length)), out _);

    /// <summary>The file's bytes.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ManifestJson.Default.PinFile);

    /// <summary>
    /// The pins that may belong to somebody at work, by key; null for a file with a pin's name that holds none. Anybody who may write below
    /// the root can lay one, so a damaged one must not stop gc as a plan does: a pin protects a reader, who finds out, and never a commit.
    /// </summary>
    public static async Task<Dictionary<string, PinFile?>> FindAllAsync(IObjectStore root, DateTimeOffset now, CancellationToken cancellation)
    {
        Dictionary<string, PinFile?> pins = [];
        var buffer = new ByteBuffer();
        await foreach (var file in root.ListAsync(Folder, cancellation).ConfigureAwait(false))
        {
            if (!IsKey(file.Key) || now - file.Modified > Lifetime) continue;
            var outcome = await root.ReadAsync(file.Key, null, buffer, MostBytes, cancellation).ConfigureAwait(false);
            if (outcome != ReadOutcome.Missing) pins.Add(file.Key, outcome == ReadOutcome.Read ? Parse(buffer.Span) : null);
        }

        return pins;
    }

    private static PinFile? Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, ManifestJson.Default.PinFile) is { Generation: > 0 } pin && AnnotationList.IsName(pin.Dataset) ? pin : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
