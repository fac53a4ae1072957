using System.Text;

namespace EyeSlots.Aws.Nodes;

/// <summary>The end of a file that somebody writes.</summary>
internal static class LogTail
{
    private const int MostBytes = 4096, MostLetters = 300;

    /// <summary>The last line that is not empty; nothing where there is none.</summary>
    public static string LastLine(string path)
    {
        if (!File.Exists(path)) return "";
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Position = Math.Max(0, file.Length - MostBytes);
        var buffer = new byte[MostBytes];
        var text = Encoding.UTF8.GetString(buffer, 0, file.ReadAtLeast(buffer, MostBytes, throwOnEndOfStream: false));
        var line = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [.., var last] ? last : "";
        return new([.. line.Where(letter => !char.IsControl(letter)).Take(MostLetters)]);
    }

    /// <summary>At most so many bytes from an offset on.</summary>
    public static byte[] Read(string path, long offset, int mostBytes)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var part = new byte[(int)Math.Clamp(file.Length - offset, 0, mostBytes)];
        file.Position = offset;
        return part[..file.ReadAtLeast(part, part.Length, throwOnEndOfStream: false)];
    }
}
