using System.Reflection;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Assembly = System.Reflection.Assembly;
using Type = System.Type;

namespace EyeSlots.Tests.Architecture;

/// <summary>References between projects and between the folders of Core point down the flow only (CONTRIBUTING.md, "Map of the house").</summary>
public sealed class ReferenceRules
{
    private static readonly Assembly Core = typeof(Core.EyeSlotsException).Assembly;
    private static readonly Assembly Preprocessing = typeof(Preprocessing.Cropping.CropResult).Assembly;
    private static readonly ArchUnitNET.Domain.Architecture House = new ArchLoader().LoadAssemblies(Core, Preprocessing).Build();

    /// <summary>Each folder of Core with the folders it must not know: those that come later in the flow.</summary>
    public static TheoryData<string, string[]> CoreFolders => new()
    {
        { "Storage", ["Annotations", "Geometry", "Planning", "Shards", "Manifests"] },
        { "Geometry", ["Annotations", "Planning", "Shards", "Manifests", "Storage"] },
        { "Annotations", ["Planning", "Manifests"] },
        { "Planning", ["Manifests"] },
        { "Shards", ["Manifests"] },
    };

    [Theory]
    [MemberData(nameof(CoreFolders))]
    public void Folder_OfCore_KnowsNothingThatComesLaterInTheFlow(string folder, string[] later)
    {
        foreach (var other in later)
        {
            AssertHolds(
                Types().That().ResideInNamespace($"EyeSlots.Core.{folder}")
                    .Should().NotDependOnAny(Types().That().ResideInNamespace($"EyeSlots.Core.{other}")));
        }
    }

    [Fact]
    public void Core_ReferencesOnlyItsFourLibraries() =>
        Assert.Equal(["Microsoft.Extensions.Logging.Abstractions", "Parquet", "Sylvan.Data.Csv"], References(Core));

    [Fact]
    public void Preprocessing_ReferencesCoreAndOpenCvOnly() =>
        Assert.Empty(References(Preprocessing).Except(["EyeSlots.Core", "OpenCvSharp", "Microsoft.Extensions.Logging.Abstractions"]));

    [Fact]
    public void Preprocessing_PublicMembers_ShowNoOpenCvType()
    {
        var shown = Preprocessing.GetExportedTypes()
            .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(member => TypesOf(member).Any(type => type.Namespace?.StartsWith("OpenCvSharp", StringComparison.Ordinal) == true))
            .Select(member => $"{member.DeclaringType}.{member.Name}");
        Assert.Empty(shown);
    }

    [Fact]
    public void Names_OfTypes_SayWhatTheyAre()
    {
        string[] empty = ["Manager", "Helper", "Helpers", "Utils", "Utilities", "Data"];
        var vague = new[] { Core, Preprocessing }.SelectMany(assembly => assembly.GetTypes())
            .Where(type => empty.Any(word => type.Name.EndsWith(word, StringComparison.Ordinal)))
            .Select(type => type.FullName);
        Assert.Empty(vague);
    }

    private static void AssertHolds(ArchUnitNET.Fluent.IArchRule rule)
    {
        var broken = rule.Evaluate(House).Where(result => !result.Passed).Select(result => result.Description);
        Assert.True(rule.HasNoViolations(House), string.Join(Environment.NewLine, broken));
    }

    private static string[] References(Assembly assembly) =>
        [.. assembly.GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => !name.StartsWith("System", StringComparison.Ordinal) && name is not ("netstandard" or "mscorlib"))
            .Order(StringComparer.Ordinal)];

    private static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        MethodInfo method => method.GetParameters().Select(p => p.ParameterType).Append(method.ReturnType),
        ConstructorInfo constructor => constructor.GetParameters().Select(p => p.ParameterType),
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        _ => [],
    };
}
