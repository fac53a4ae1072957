using System.Reflection;
using ArchUnitNET.Loader;
using Assembly = System.Reflection.Assembly;
using Type = System.Type;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace EyeSlots.Tests.Architecture;

/// <summary>libtorch stays in EyeSlots.Training, and the folders of that project point down the flow only.</summary>
public sealed class TrainingRules
{
    private static readonly Assembly Training = typeof(Training.Torch.LibTorch).Assembly;
    private static readonly Assembly Trainer = Assembly.Load("eyeslots-train");
    private static readonly ArchUnitNET.Domain.Architecture House = new ArchLoader().LoadAssemblies(Training).Build();

    /// <summary>The folders in the order of the flow: each knows those before it.</summary>
    private static readonly string[] Flow = ["Torch", "Augmentation", "Loading", "Models", "Optimization", "Metrics", "Runs", "Evaluation", "Comparison", "Search", "Export"];

    public static TheoryData<string, string> Folders =>
        [.. Flow.SelectMany((folder, at) => Flow[(at + 1)..].Select(later => new TheoryDataRow<string, string>(folder, later)))];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_OfTraining_KnowsNothingThatComesLaterInTheFlow(string folder, string later)
    {
        var rule = Types().That().ResideInNamespaceMatching(Below(folder)).Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(Below(later)));
        var broken = rule.Evaluate(House).Where(result => !result.Passed).Select(result => result.Description);
        Assert.True(rule.HasNoViolations(House), string.Join(Environment.NewLine, broken));
    }

    [Fact]
    public void Flow_NamesEveryFolder() => Assert.Equal(
        Flow.Order(StringComparer.Ordinal),
        Training.GetTypes().Select(type => type.Namespace).OfType<string>().Where(name => name.StartsWith("EyeSlots.Training.", StringComparison.Ordinal))
            .Select(name => name.Split('.')[2]).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Training_ReferencesCorePreprocessingTorchSharpAndProtobufOnly() => Assert.Empty(
        References(Training).Except(["EyeSlots.Core", "EyeSlots.Preprocessing", "TorchSharp", "Google.Protobuf", "Microsoft.Extensions.Logging.Abstractions"]));

    [Fact]
    public void Trainer_KnowsNoTorchSharp() => Assert.DoesNotContain("TorchSharp", References(Trainer));

    [Fact]
    public void Training_PublicMembers_ShowNoTypeOfTorchSharp()
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var shown = Training.GetExportedTypes()
            .Where(type => IsOfTorch(type.BaseType) || type.GetMembers(all).SelectMany(TypesOf).Any(IsOfTorch))
            .Select(type => type.FullName);
        Assert.Empty(shown);
    }

    private static string Below(string folder) => $@"^EyeSlots\.Training\.{folder}(\.|$)";

    private static IEnumerable<string> References(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(name => name.Name!).Where(name => !name.StartsWith("System", StringComparison.Ordinal) && name is not "netstandard");

    private static bool IsOfTorch(Type? type) => type is not null && (type.Assembly.GetName().Name == "TorchSharp" || type.GenericTypeArguments.Any(IsOfTorch));

    private static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        MethodInfo method => method.GetParameters().Select(p => p.ParameterType).Append(method.ReturnType),
        ConstructorInfo constructor => constructor.GetParameters().Select(p => p.ParameterType),
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        _ => [],
    };
}
