using System.Reflection;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Assembly = System.Reflection.Assembly;
using Type = System.Type;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace EyeSlots.Tests.Architecture;

/// <summary>References between projects and between the folders of Core point down the flow only (CONTRIBUTING.md, "Map of the house").</summary>
public sealed class ReferenceRules
{
    private static readonly Assembly Core = typeof(Core.EyeSlotsException).Assembly;
    private static readonly Assembly Preprocessing = typeof(Preprocessing.Cropping.CropResult).Assembly;
    private static readonly Assembly Spark = typeof(Spark.Connect.SparkSession).Assembly;
    private static readonly Assembly Contract = typeof(Spark.Contract.ContractVersion).Assembly;
    private static readonly Assembly Worker = typeof(Spark.Worker.WorkerHost).Assembly;
    private static readonly Assembly Console = typeof(EyeSlots.Console.ConsoleProgram).Assembly;
    private static readonly ArchUnitNET.Domain.Architecture House = new ArchLoader().LoadAssemblies(Core, Preprocessing, Spark, Contract, typeof(Apache.Arrow.Schema).Assembly).Build();

    /// <summary>Each folder of Core with the folders it must not know: those that come later in the flow.</summary>
    public static TheoryData<string, string[]> CoreFolders => new()
    {
        { "Storage", ["Geometry", "Annotations", "Planning", "Shards", "Manifests"] },
        { "Geometry", ["Storage", "Annotations", "Planning", "Shards", "Manifests"] },
        { "Annotations", ["Planning", "Shards", "Manifests"] },
        { "Planning", ["Shards", "Manifests"] },
        { "Shards", ["Manifests"] },
    };

    [Theory]
    [MemberData(nameof(CoreFolders))]
    public void Folder_OfCore_KnowsNothingThatComesLaterInTheFlow(string folder, string[] later)
    {
        foreach (var other in later)
        {
            AssertHolds(
                Types().That().ResideInNamespaceMatching(Below(folder))
                    .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(Below(other))));
        }
    }

    [Fact]
    public void Core_ReferencesOnlyItsFourLibraries() =>
        Assert.Equal(["Microsoft.Extensions.Logging.Abstractions", "Parquet", "Sylvan.Data.Csv"], References(Core));

    [Fact]
    public void Preprocessing_ReferencesCoreAndOpenCvOnly() =>
        Assert.Empty(References(Preprocessing).Except(["EyeSlots.Core", "OpenCvSharp", "Microsoft.Extensions.Logging.Abstractions"]));

    [Fact]
    public void Spark_ReferencesCoreAndItsTransportOnly() =>
        Assert.Empty(References(Spark).Except(["EyeSlots.Core", "EyeSlots.Spark.Contract", "Apache.Arrow", "Google.Protobuf", "Grpc.Core.Api", "Grpc.Net.Client", "Grpc.Net.Common", "Polly.Core", "Microsoft.Extensions.Logging.Abstractions"]));

    [Fact]
    public void SparkContract_ReferencesCoreAndArrowOnly() => Assert.Equal(["Apache.Arrow", "EyeSlots.Core"], References(Contract));

    [Fact]
    public void SparkEngine_TakesColumnsFromTheContract() => AssertHolds(
        Types().That().ResideInNamespaceMatching(@"^EyeSlots\.Spark\.Engine(\.|$)")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^Apache\.Arrow\.Types(\.|$)")));

    [Fact]
    public void Console_ReferencesTheStoresAndItsLibrariesOnly() =>
        Assert.Empty(References(Console).Except(["EyeSlots.Core", "EyeSlots.Storage.S3", "Microsoft.Extensions.Logging", "Microsoft.Extensions.Logging.Abstractions", "Serilog", "Serilog.Extensions.Logging", "Serilog.Sinks.Console", "Serilog.Sinks.File", "Spectre.Console", "Spectre.Console.Ansi", "System.CommandLine"]));

    [Fact]
    public void SparkWorker_ReferencesArrowAlone() => Assert.Equal(["Apache.Arrow"], References(Worker));

    [Fact]
    public void SparkConnect_KnowsNothingOfEyeSlots()
    {
        var connect = Types().That().ResideInNamespaceMatching(@"^EyeSlots\.Spark\.Connect(\.|$)");
        AssertHolds(connect.Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^EyeSlots\.(Core|Spark\.Engine|Spark\.Contract)(\.|$)")));
    }

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
        var vague = new[] { Core, Preprocessing, Spark, Contract, Worker, Console, Assembly.Load("EyeSlots.Aws"), Assembly.Load("EyeSlots.Reporting"), Assembly.Load("EyeSlots.Training"), Assembly.Load("eyeslots-train") }.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Namespace?.StartsWith("EyeSlots", StringComparison.Ordinal) == true)
            .Where(type => empty.Any(word => type.Name.EndsWith(word, StringComparison.Ordinal)))
            .Select(type => type.FullName);
        Assert.Empty(vague);
    }

    private static string Below(string folder) => $@"^EyeSlots\.Core\.{folder}(\.|$)";

    private static void AssertHolds(ArchUnitNET.Fluent.IArchRule rule)
    {
        var broken = rule.Evaluate(House).Where(result => !result.Passed).Select(result => result.Description);
        Assert.True(rule.HasNoViolations(House), string.Join(Environment.NewLine, broken));
    }

    private static string[] References(Assembly assembly) =>
        [.. assembly.GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => !name.StartsWith("System", StringComparison.Ordinal) && name is not ("netstandard" or "mscorlib" or "Microsoft.Win32.Primitives"))
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
