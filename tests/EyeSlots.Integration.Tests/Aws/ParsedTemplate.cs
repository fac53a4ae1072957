using System.Globalization;
using System.Text.Json.Nodes;
using EyeSlots.Integration.Tests.Truth;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>A template as JSON, with the short forms of its functions written out. Tests change it, to see that what it breaks is found.</summary>
internal sealed class ParsedTemplate
{
    private ParsedTemplate(string name, JsonObject root) => (Name, Root) = (name, root);

    /// <summary>The file's name.</summary>
    public string Name { get; }

    public JsonObject Root { get; }

    public string Text => File.ReadAllText(PathOf(Name));

    /// <summary>All four, read anew.</summary>
    public static IReadOnlyDictionary<string, ParsedTemplate> All() =>
        ((string[])["base", "cluster", "trainer", "nightly"]).ToDictionary(name => name, name => Load($"{name}.yaml"), StringComparer.Ordinal);

    public static ParsedTemplate Load(string name)
    {
        var stream = new YamlStream();
        using var text = new StreamReader(PathOf(name));
        stream.Load(text);
        return new(name, (JsonObject)Convert(stream.Documents[0].RootNode)!);
    }

    public static string PathOf(string name) => Document.InRepository("cloudformation", name);

    /// <summary>Resources of a type, by their names.</summary>
    public IEnumerable<(string Name, JsonObject Resource)> Resources(string type) =>
        Root["Resources"]!.AsObject().Where(pair => (string?)pair.Value!["Type"] == type).Select(pair => (pair.Key, pair.Value!.AsObject()));

    public JsonObject Resource(string name) => Root["Resources"]![name]!.AsObject();

    public JsonObject Properties(string name) => Resource(name)["Properties"]!.AsObject();

    public JsonObject Parameter(string name) => Root["Parameters"]![name]!.AsObject();

    /// <summary>Every object in it, at whatever depth.</summary>
    public IEnumerable<JsonObject> Objects() => Within(Root);

    /// <summary>The statements of all its policies that allow something, with the resource that holds them.</summary>
    public IEnumerable<(string Owner, JsonObject Statement)> Allowed() => Root["Resources"]!.AsObject().SelectMany(
        pair => Within(pair.Value!).Where(one => (string?)one["Effect"] == "Allow" && one["Action"] is not null).Select(one => (pair.Key, one)));

    /// <summary>A text or each of a list of texts.</summary>
    public static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonArray all => all.Select(one => one!.ToString()),
        null => [],
        _ => [node.ToString()],
    };

    private static IEnumerable<JsonObject> Within(JsonNode node) => node switch
    {
        JsonObject map => [map, .. map.Where(pair => pair.Value is not null).SelectMany(pair => Within(pair.Value!))],
        JsonArray list => list.Where(one => one is not null).SelectMany(one => Within(one!)),
        _ => [],
    };

    private static JsonNode? Convert(YamlNode node)
    {
        JsonNode? value = node switch
        {
            YamlMappingNode map => new JsonObject(map.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Convert(pair.Value)))),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(Convert)]),
            _ => Scalar((YamlScalarNode)node),
        };
        if (node.Tag.IsEmpty || !node.Tag.Value.StartsWith('!') || node.Tag.IsNonSpecific) return value;
        var function = node.Tag.Value[1..];
        if (function == "GetAtt") value = new JsonArray([.. value!.ToString().Split('.').Select(part => (JsonNode)part)]);
        return new JsonObject { [function is "Ref" or "Condition" ? function : $"Fn::{function}"] = value };
    }

    private static JsonNode? Scalar(YamlScalarNode scalar) => scalar.Style != ScalarStyle.Plain || !scalar.Tag.IsEmpty ? scalar.Value
        : scalar.Value is "true" or "false" ? scalar.Value == "true"
        : int.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : scalar.Value;
}
