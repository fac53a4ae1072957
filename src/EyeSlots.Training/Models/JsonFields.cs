using System.Collections.Immutable;
using System.Text.Json;
using EyeSlots.Core;

namespace EyeSlots.Training.Models;

/// <summary>The fields of an untrusted JSON object, each asked for by name and kind; what nobody has asked for is an error.</summary>
internal sealed class JsonFields
{
    private readonly Dictionary<string, JsonElement> fields = new(StringComparer.Ordinal);

    /// <exception cref="EyeSlotsException">usage: no object, a field that is there twice, or bytes that are no text.</exception>
    internal JsonFields(JsonElement json)
    {
        Require.That(json.ValueKind == JsonValueKind.Object, "the JSON must be an object.");
        foreach (var field in json.EnumerateObject())
        {
            var name = Decoded(() => field.Name);
            Require.That(fields.TryAdd(name, field.Value), $"{name} is there twice.");
        }
    }

    /// <summary>A text; null for what must be there.</summary>
    internal string Text(string name, string? otherwise) =>
        Take(name, JsonValueKind.String, "a text", isNeeded: otherwise is null) is { } value ? Decoded(() => value.GetString()!) : otherwise!;

    /// <summary>A number.</summary>
    internal double Number(string name, double otherwise) => Take(name, JsonValueKind.Number, "a number", isNeeded: false) is not { } value
        ? otherwise
        : value.TryGetDouble(out var number) && double.IsFinite(number) ? number : throw Wrong(name, "a number", value);

    /// <summary>A whole number; null for what must be there.</summary>
    internal int WholeNumber(string name, int? otherwise) =>
        Take(name, JsonValueKind.Number, "a whole number", isNeeded: otherwise is null) is { } value ? Whole(name, value) : otherwise!.Value;

    /// <summary>A list of whole numbers, which must be there.</summary>
    internal ImmutableArray<int> WholeNumbers(string name) =>
        [.. Take(name, JsonValueKind.Array, "a list of whole numbers", isNeeded: true)!.Value.EnumerateArray().Select(one => Whole(name, one))];

    /// <summary>Demands that every field was asked for.</summary>
    internal void RequireAllRead() => Require.That(fields.Count == 0, $"there is no field {fields.Keys.FirstOrDefault()}.");

    // Bytes that are no UTF-8 are found when a text is asked for, not before.
    private static string Decoded(Func<string> text)
    {
        try
        {
            return text();
        }
        catch (InvalidOperationException error)
        {
            throw new EyeSlotsException(ErrorCodes.Usage, "a text in it is no UTF-8.", error);
        }
    }

    private static int Whole(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw Wrong(name, "a whole number", value);

    private static EyeSlotsException Wrong(string name, string wanted, JsonElement value)
    {
        var text = Decoded(value.GetRawText);
        return new(ErrorCodes.Usage, $"{name} must be {wanted}, not {(text.Length > 40 ? text[..40] + "…" : text)}.");
    }

    private JsonElement? Take(string name, JsonValueKind kind, string wanted, bool isNeeded)
    {
        if (fields.Remove(name, out var value)) return value.ValueKind == kind ? value : throw Wrong(name, wanted, value);
        Require.That(!isNeeded, $"{name} is missing; it must be {wanted}.");
        return null;
    }
}
