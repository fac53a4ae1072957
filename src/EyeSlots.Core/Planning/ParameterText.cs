using System.Text;
using System.Text.Json;
using EyeSlots.Core.Geometry;

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
            json.WriteString("angle", AngleText(parameters.Slot.Angle));
            json.WriteNumber("growX", parameters.Slot.GrowX);
            json.WriteNumber("growY", parameters.Slot.GrowY);
            if (parameters.Size is { } size) json.WriteString("size", size.ToString());
            else json.WriteNull("size");
            json.WriteString("format", FormatText(parameters.Format));
            json.WriteNumber("quality", parameters.Quality);
            json.WriteNumber("minCoverage", parameters.MinCoverage);
            json.WriteNumber("maxPixels", parameters.MaxPixels);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>The parameters that such a text names, of a file that may be anybody's.</summary>
    /// <exception cref="FormatException">The text is none of ours, or a value is outside its range.</exception>
    public static JobParameters Read(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var parameters = Read(json.RootElement);
            parameters.ValidateEach();
            return parameters;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or EyeSlotsException)
        {
            throw new FormatException($"The parameters are not those of a shard: {error.Message}", error);
        }
    }

    private static JobParameters Read(JsonElement json) => new()
    {
        Slot = new(ValueOf(json, "angle", AngleText, AngleMode.MinArea, AngleMode.EyeLine), json.GetProperty("growX").GetDouble(), json.GetProperty("growY").GetDouble()),
        Size = json.GetProperty("size").GetString() is { } size ? PixelSize.Parse(size) ?? throw new FormatException($"'{size}' is no size.") : null,
        Format = ValueOf(json, "format", FormatText, SlotFormat.Jpeg, SlotFormat.Png, SlotFormat.Raw),
        Quality = json.GetProperty("quality").GetInt32(),
        MinCoverage = json.GetProperty("minCoverage").GetDouble(),
        MaxPixels = json.GetProperty("maxPixels").GetInt64(),
    };

    private static T ValueOf<T>(JsonElement json, string name, Func<T, string> text, params ReadOnlySpan<T> values)
    {
        var named = json.GetProperty(name).GetString();
        foreach (var value in values)
        {
            if (text(value) == named) return value;
        }

        throw new FormatException($"'{named}' is no {name}.");
    }

    private static string AngleText(AngleMode angle) => angle == AngleMode.MinArea ? "min-area" : "eye-line";

    private static string FormatText(SlotFormat format) => format switch
    {
        SlotFormat.Jpeg => "jpeg",
        SlotFormat.Png => "png",
        _ => "raw",
    };
}
