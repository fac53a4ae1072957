using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EyeSlots.Core.Planning;

/// <summary>The parameters of a job as one canonical JSON object: in fingerprints, in shards and in manifests.</summary>
public static class ParameterText
{
    /// <summary>The same text for equal parameters, on every machine.</summary>
    public static string Of(JobParameters parameters)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("angle", parameters.Slot.Angle == Geometry.AngleMode.MinArea ? "min-area" : "eye-line");
            json.WriteNumber("growX", parameters.Slot.GrowX);
            json.WriteNumber("growY", parameters.Slot.GrowY);
            if (parameters.Size is { } size) json.WriteString("size", string.Create(CultureInfo.InvariantCulture, $"{size.Width}x{size.Height}"));
            else json.WriteNull("size");
            json.WriteString("format", FormatText(parameters.Format));
            json.WriteNumber("quality", parameters.Quality);
            json.WriteNumber("minCoverage", parameters.MinCoverage);
            json.WriteNumber("maxPixels", parameters.MaxPixels);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>The encoding of crops that a parameter text names.</summary>
    /// <exception cref="FormatException">The text is none of ours.</exception>
    public static SlotFormat FormatOf(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.GetProperty("format").GetString() switch
            {
                "jpeg" => SlotFormat.Jpeg,
                "png" => SlotFormat.Png,
                "raw" => SlotFormat.Raw,
                var other => throw new FormatException($"'{other}' is no slot format."),
            };
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("The parameters are not those of a shard.", error);
        }
    }

    private static string FormatText(SlotFormat format) => format switch
    {
        SlotFormat.Jpeg => "jpeg",
        SlotFormat.Png => "png",
        _ => "raw",
    };
}
