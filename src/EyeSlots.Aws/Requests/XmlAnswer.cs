using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace EyeSlots.Aws.Requests;

/// <summary>An element of an answer in the Query protocol, read strictly: what must be there and is not, or is of another form, is an error.</summary>
internal readonly struct XmlAnswer(AwsAccess access, AwsCall call, XElement element)
{
    private static readonly XmlReaderSettings Strict = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <summary>The document's root; its size is bounded by who read the bytes.</summary>
    /// <exception cref="XmlException">It is none.</exception>
    public static XElement Parse(byte[] body)
    {
        using var reader = XmlReader.Create(new MemoryStream(body), Strict);
        return XElement.Load(reader);
    }

    /// <summary>The child of a name.</summary>
    public XmlAnswer Child(string name) => new(access, call, Find(name) ?? throw Missing(name));

    /// <summary>The text of a child.</summary>
    public string Text(string name) => (Find(name) ?? throw Missing(name)).Value;

    /// <summary>The text of a child, or null where it is not there or empty.</summary>
    public string? Optional(string name) => Find(name)?.Value is { Length: > 0 } text ? text : null;

    /// <summary>The time in a child.</summary>
    public DateTimeOffset Time(string name) => Time(name, Text(name));

    /// <summary>The time in a child, or null where it is not there or empty.</summary>
    public DateTimeOffset? OptionalTime(string name) => Optional(name) is { } text ? Time(name, text) : null;

    /// <summary>The number in a child.</summary>
    public int Number(string name) => int.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw AwsMessages.Strange(access, call, $"{name} is no number");

    /// <summary>The elements of a list; none where it is not there.</summary>
    /// <param name="name">The list's name.</param>
    /// <param name="item">The name of an element.</param>
    public IReadOnlyList<XmlAnswer> List(string name, string item = "member")
    {
        var (owner, of) = (access, call);
        return Find(name) is { } list ? [.. list.Elements().Where(child => child.Name.LocalName == item).Select(child => new XmlAnswer(owner, of, child))] : [];
    }

    private DateTimeOffset Time(string name, string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw AwsMessages.Strange(access, call, $"{name} is no time");

    private XElement? Find(string name) => element.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    private AwsException Missing(string name) => AwsMessages.Strange(access, call, $"{name} is missing");
}
