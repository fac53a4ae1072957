using System.Globalization;
using System.Security.Cryptography;
using EyeSlots.Core.Shards;
using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Integration.Tests.Readers;

/// <summary>Every value of a generation as sorted lines: numbers by their bits, crops by their hash.</summary>
internal static class RowDump
{
    public static async Task<string[]> PathsAsync(string output)
    {
        var paths = await EyeSlotsProgram.RunAsync("inspect", "--out", output, "--paths");
        Assert.True(paths.ExitCode == 0, paths.Errors);
        return paths.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public static async Task<string[]> OfAsync(string output)
    {
        List<string> lines = [];
        foreach (var path in await PathsAsync(output))
        {
            var reader = ShardReader.Open(await File.ReadAllBytesAsync(path));
            foreach (var row in reader.Rows()) lines.Add(Line(row));
        }

        lines.Sort(StringComparer.Ordinal);
        return [.. lines];
    }

    public static string Bits(double value) => BitConverter.DoubleToInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture);

    private static string Line(ShardRow row) => string.Join('|',
        row.Key.List, row.Key.ImagePath, row.Key.FaceIndex, Convert.ToHexStringLower(SHA256.HashData(row.Slot.Span)), row.Width, row.Height,
        Bits(row.Geometry.CenterX), Bits(row.Geometry.CenterY), Bits(row.Geometry.Width), Bits(row.Geometry.Height), Bits(row.Theta),
        Bits(row.Coverage), row.ImageWidth, row.ImageHeight, row.Expression?.ToString(CultureInfo.InvariantCulture) ?? "null",
        row.Valence is { } valence ? Bits(valence) : "null", row.Arousal is { } arousal ? Bits(arousal) : "null");
}
