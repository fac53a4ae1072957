using System.IO.Compression;
using System.Text.RegularExpressions;
using EyeSlots.Spark.Connect.Protocol;
using EyeSlots.Spark.Tests.Servers;
using Google.Protobuf.Reflection;

namespace EyeSlots.Spark.Tests.Connect;

/// <summary>Our short protocol files beside those that every server carries in its jar: the same names, numbers and types.</summary>
public partial class ProtocolTests
{
    private static readonly FileDescriptor[] Ours =
    [
        AnalysisReflection.Descriptor, ArtifactsReflection.Descriptor, CommandsReflection.Descriptor, ConfigReflection.Descriptor,
        ErrorsReflection.Descriptor, ExecutionReflection.Descriptor, ExpressionsReflection.Descriptor, OperationsReflection.Descriptor,
        RelationsReflection.Descriptor, SessionsReflection.Descriptor, TypesReflection.Descriptor,
    ];

    [Theory]
    [InlineData("4.0.5")]
    [InlineData("4.1.4")]
    [InlineData("4.3.0")]
    public void Fields_AreThoseOfSpark(string version)
    {
        var theirs = Read(version);
        var ours = Ours.SelectMany(file => file.MessageTypes).SelectMany(Flatten).ToList();
        Assert.True(ours.Count > 150, $"There are only {ours.Count} fields.");
        Assert.True(theirs.Count > 1000, $"Only {theirs.Count} of Spark's fields were found.");
        Assert.Empty(ours.Except(theirs));
    }

    private static IEnumerable<string> Flatten(MessageDescriptor message) =>
        message.Fields.InDeclarationOrder().Select(field => $"{message.Name}.{field.Name} = {field.FieldNumber}")
            .Concat(message.NestedTypes.Where(nested => !nested.IsMapEntry).SelectMany(Flatten));

    /// <summary>Each field as <c>Message.name = number</c>, by the innermost message that encloses it.</summary>
    private static HashSet<string> Read(string version)
    {
        using var jar = ZipFile.OpenRead(Directory.EnumerateFiles(Path.Combine(Tools.Spark(version), "jars"), "spark-connect_*.jar").Single());
        HashSet<string> fields = [];
        foreach (var entry in jar.Entries.Where(entry => entry.FullName.StartsWith("spark/connect/", StringComparison.Ordinal) && entry.Name.EndsWith(".proto", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(entry.Open());
            Add(fields, reader.ReadToEnd());
        }

        return fields;
    }

    private static void Add(HashSet<string> fields, string text)
    {
        Stack<string> blocks = new([""]);
        foreach (Match match in Token().Matches(Comment().Replace(text, "")))
        {
            if (match.Groups["message"] is { Success: true } message) blocks.Push(message.Value);
            else if (match.Value.EndsWith('}')) blocks.Pop();
            else if (match.Value.EndsWith('{')) blocks.Push(blocks.Peek());
            else if (match.Groups["name"] is { Success: true } name)
                fields.Add($"{blocks.Peek()}.{name.Value} = {match.Groups["number"].Value}");
        }
    }

    [GeneratedRegex(@"\s*message\s+(?<message>\w+)\s*\{|[^;{}]*\{|\}|[^;{}=]*?(?<name>\w+)\s*=\s*(?<number>\d+)[^;{}]*;|[^;{}]*;")]
    private static partial Regex Token();

    [GeneratedRegex(@"//.*|/\*[\s\S]*?\*/")]
    private static partial Regex Comment();
}
