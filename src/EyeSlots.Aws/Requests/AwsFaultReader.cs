using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace EyeSlots.Aws.Requests;

/// <summary>Reads refusals of both protocols; what cannot be read leaves the status alone.</summary>
internal static class AwsFaultReader
{
    private const int LongestMessage = 500;

    public static AwsFault Read(HttpResponseMessage response, byte[] body)
    {
        var (code, message) = body is [(byte)'<', ..] ? OfXml(body) : body is [(byte)'{', ..] ? OfJson(body) : ("", "");
        if (code.Length == 0 && response.Headers.TryGetValues("x-amzn-ErrorType", out var types)) code = types.First();
        return new((int)response.StatusCode, Code(code), OneLine(message), response.Headers.Date);
    }

    private static (string Code, string Message) OfXml(byte[] body)
    {
        try
        {
            // <ErrorResponse><Error>, and <Response><Errors><Error> of EC2.
            var error = XmlAnswer.Parse(body).DescendantsAndSelf().FirstOrDefault(element => element.Name.LocalName == "Error");
            return (Text(error, "Code"), Text(error, "Message"));
        }
        catch (XmlException)
        {
            return ("", "");
        }
    }

    private static (string Code, string Message) OfJson(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var error = document.RootElement;
            return (Text(error, "__type") ?? Text(error, "code") ?? "", Text(error, "message") ?? Text(error, "Message") ?? "");
        }
        catch (JsonException)
        {
            return ("", "");
        }
    }

    private static string Text(XElement? error, string name) => error?.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value ?? "";

    private static string? Text(JsonElement error, string name) =>
        error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Without the namespace before it and the address behind it.</summary>
    private static string Code(string text) => new([.. text[(text.LastIndexOf('#') + 1)..].TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_').Take(64)]);

    private static string OneLine(string text) =>
        string.Join(' ', text[..Math.Min(text.Length, LongestMessage)].Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Select(word => new string([.. word.Where(c => !char.IsControl(c))])));
}
