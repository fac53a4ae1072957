using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>A call as it came in.</summary>
/// <param name="Action">The action's name.</param>
/// <param name="Parameters">The form's fields, or the texts and numbers of the object.</param>
/// <param name="IsJson">Whether it spoke the JSON protocol.</param>
/// <param name="SignedAt">Its time.</param>
internal sealed record DoubleCall(string Action, IReadOnlyDictionary<string, string> Parameters, bool IsJson, DateTimeOffset SignedAt)
{
    /// <summary>A parameter, or an empty text.</summary>
    public string this[string name] => Parameters.GetValueOrDefault(name, "");

    /// <summary>Reads a call, or null where it is none of these protocols.</summary>
    public static DoubleCall? Read(HttpRequest request, byte[] body)
    {
        if (!DateTimeOffset.TryParseExact(request.Headers["x-amz-date"], "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)) return null;
        if (request.Headers["x-amz-target"].ToString() is { Length: > 0 } target) return new(target[(target.LastIndexOf('.') + 1)..], Texts(body), true, at);
        if (request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) != true) return null;
        var form = Form(Encoding.UTF8.GetString(body));
        return form.TryGetValue("Action", out var action) ? new(action, form, false, at) : null;
    }

    private static Dictionary<string, string> Form(string body) => body.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2)).ToDictionary(pair => Uri.UnescapeDataString(pair[0]), pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')));

    private static Dictionary<string, string> Texts(byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.EnumerateObject().ToDictionary(property => property.Name, property => property.Value.ToString());
    }
}

/// <summary>An answer.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">The body's type.</param>
/// <param name="Body">The body.</param>
internal sealed record DoubleAnswer(int Status, string Type, string Body)
{
    /// <summary>No answer: the connection breaks.</summary>
    public static DoubleAnswer Reset { get; } = new(0, "", "") { IsReset = true };

    public bool IsReset { get; private init; }
}
